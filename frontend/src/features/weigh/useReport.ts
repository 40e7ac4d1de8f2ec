import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { Group } from "./report";

const WITHOUT = 10_000;
const WITH = 60_000;

/** The last report on a group of messages. A new one is made every minute at most; the first is waited for. */
export function useReport({ lang, role }: Group, enabled = true) {
  return useQuery({
    queryKey: ["stats", "toxicity", lang, role],
    enabled,
    queryFn: () =>
      data(
        api.GET("/api/v1/stats/toxicity", {
          params: { query: { ...(lang && { lang }), ...(role && { role }) } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.made_at ? WITH : WITHOUT),
  });
}
