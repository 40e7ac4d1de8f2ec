import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { BATCHES, CLUSTERS, FOUND } from "../keys";
import type { ItemState } from "../types";
import { atWork } from "./progress";
import { asAsked, asksNothing, type Selection } from "./selection";

/** What a selection finds, page by page; nothing is asked while it means everything. */
export function useFound(selection: Selection) {
  const asked = asAsked(selection);
  return useInfiniteQuery({
    queryKey: [...FOUND, asked],
    enabled: !asksNothing(selection),
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/messages", {
          params: { query: { ...asked, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    retry: false,
  });
}

export interface Alike {
  lang: string;
  min_size: string;
  days: string;
}

export function useClusters({ lang, min_size, days }: Alike) {
  return useQuery({
    queryKey: [...CLUSTERS, lang, min_size, days],
    queryFn: ({ signal }) =>
      data(
        api.GET("/api/v1/moderation/clusters", {
          params: { query: { min_size: Number(min_size), days: Number(days), ...(lang && { lang }) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function useBatches() {
  return useInfiniteQuery({
    queryKey: [...BATCHES, "list"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/batches", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some(atWork)) ? 3_000 : false,
  });
}

/** One batch; asked again each second while it is at work. */
export function useBatch(id: string) {
  return useQuery({
    queryKey: [...BATCHES, "one", id],
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/moderation/batches/{batch_id}", { params: { path: { batch_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && atWork(state.data) ? 1_000 : false),
  });
}

export function useItems(id: string, of: ItemState | "") {
  return useInfiniteQuery({
    queryKey: [...BATCHES, "items", id, of],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/batches/{batch_id}/items", {
          params: {
            path: { batch_id: id },
            query: { ...(of && { state: of }), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  });
}
