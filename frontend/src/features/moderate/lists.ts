import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { thresholdsOf } from "./gauge";
import { asQuery, type Place } from "./place";

export const TRIAGE = ["moderation", "triage"] as const;
export const SET_ASIDE = ["moderation", "set-aside"] as const;

/** What waits for a look, the worst first. It stands still while somebody works through it: nothing is asked again. */
export function useTriage(place: Place) {
  const asked = asQuery(place);
  return useInfiniteQuery({
    queryKey: [...TRIAGE, "list", place.kind, asked],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/triage", {
          params: { query: { kind: place.kind, ...asked, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** How many wait for each reason. */
export function useCounts(place: Place) {
  const asked = asQuery(place);
  return useQuery({
    queryKey: [...TRIAGE, "counts", asked],
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/moderation/triage/counts", { params: { query: asked }, signal })),
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  });
}

/** What counts as high and as low in a language, for machine and people. */
export function useThresholds(lang: string) {
  const { data: policy } = useQuery({
    queryKey: ["policy", lang],
    queryFn: () => data(api.GET("/api/v1/policy", { params: { query: { lang } } })),
    staleTime: 300_000,
  });
  return {
    machine: thresholdsOf(policy?.values, "machine"),
    people: thresholdsOf(policy?.values, "people"),
  };
}

/** The conversation up to a message: what it replies to. */
export function useThread(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ["messages", "thread", id],
    enabled,
    queryFn: () =>
      data(api.GET("/api/v1/messages/{message_id}/thread", { params: { path: { message_id: id } } })),
  });
}
