import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { pauseOf, type Machine } from "./machine";
import type { Group, Report } from "./report";

/** How the model is, asked again soon while something is under way. */
export function useMachine() {
  return useQuery({
    queryKey: ["screening", "status"],
    queryFn: () => data(ask<{ toxicity: Machine }>("/api/v1/screening/status")),
    refetchInterval: ({ state }) => pauseOf(state.data?.toxicity),
  });
}

// Until the API's description has them.
const ask = api.GET as unknown as <T>(path: string, options?: object) => Promise<{ data?: T }>;

const WITHOUT = 10_000;
const WITH = 60_000;

/** The last report on a group of messages; until there is one it is asked for again and again. */
export function useReport({ lang, role }: Pick<Group, "lang" | "role">) {
  return useQuery({
    queryKey: ["stats", "toxicity", lang, role],
    queryFn: () =>
      data(
        ask<Report>("/api/v1/stats/toxicity", {
          params: { query: { ...(lang && { lang }), ...(role && { role }) } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.made_at ? WITH : WITHOUT),
  });
}
