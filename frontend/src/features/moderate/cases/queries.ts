import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { asQuery, type Place } from "./place";

export const QUEUE = ["moderation", "queue"] as const;
export const CASE = ["moderation", "case"] as const;

// Others work here at the same time.
const SOON = 20_000;

/** What waits, the worst first. */
export function useQueue(place: Place) {
  const asked = asQuery(place);
  return useInfiniteQuery({
    queryKey: [...QUEUE, "list", asked],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/queue", {
          params: { query: { ...asked, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: SOON,
    placeholderData: (before) => before,
  });
}

/** How much waits, and why. */
export function useCounts() {
  return useQuery({
    queryKey: [...QUEUE, "counts"],
    queryFn: ({ signal }) => data(api.GET("/api/v1/moderation/queue/counts", { signal })),
    refetchInterval: SOON,
  });
}

/** One case with all that a decision needs. */
export function useCase(id: string) {
  return useQuery({
    queryKey: [...CASE, id],
    enabled: id !== "",
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/moderation/queue/{case_id}", { params: { path: { case_id: id } }, signal })),
  });
}

/** When somebody last decided something; for whoever finds the queue empty. */
export function useLastDecision(enabled: boolean) {
  return useQuery({
    queryKey: ["moderation", "decisions", "last"],
    enabled,
    queryFn: async () => {
      const { results } = await data(
        api.GET("/api/v1/moderation/decisions", { params: { query: { system: false } } }),
      );
      return results[0] ?? null;
    },
  });
}
