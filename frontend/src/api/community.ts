import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data, type Schemas } from "./client";

export type Points = Schemas["Points"];
export type Board = Schemas["Board"];
export type Period = Board["period"];
export type Notice = Schemas["Notice"];

const MINE = ["community", "mine"] as const;
const NOTICES = ["community", "notices"] as const;

/** Where the next page of a keyset list begins; undefined after the last. */
const nextCursor = (page: { next_cursor: string | null }) => page.next_cursor ?? undefined;

/** Points are booked about a second after the work: ask again often enough to see them come. */
export function usePoints() {
  return useQuery({
    queryKey: [...MINE, "points"],
    queryFn: () => data(api.GET("/api/v1/me/points")),
    refetchInterval: 10_000,
    staleTime: 0,
  });
}

export function useGoal() {
  return useQuery({
    queryKey: ["community", "goal"],
    queryFn: () => data(api.GET("/api/v1/community/goal")),
    staleTime: 30_000,
  });
}

export function useBoard(period: Period, lang: string) {
  return useQuery({
    queryKey: ["community", "board", period, lang],
    queryFn: () => data(api.GET("/api/v1/community/boards", { params: { query: { period, lang } } })),
    refetchInterval: 15_000,
  });
}

export function useLedger() {
  return useInfiniteQuery({
    queryKey: [...MINE, "ledger"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/me/points/ledger", { params: { query: pageParam ? { cursor: pageParam } : {} } }),
      ),
    getNextPageParam: nextCursor,
  });
}

export function useNotices() {
  return useInfiniteQuery({
    queryKey: NOTICES,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      data(api.GET("/api/v1/me/notices", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    getNextPageParam: nextCursor,
  });
}

/** How many notices are unread, asked now and then. */
export function useUnread() {
  return useQuery({
    queryKey: [...NOTICES, "count"],
    queryFn: () => data(api.GET("/api/v1/me/notices/count")),
    refetchInterval: 60_000,
  });
}

/** Mark these as read; all without ids. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | undefined) =>
      data(api.POST("/api/v1/me/notices/read", { body: ids ? { ids } : {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: NOTICES }),
  });
}
