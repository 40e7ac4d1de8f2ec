import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { asQuery, type Filters } from "./filters";

interface PageOf<T> {
  results: T[];
  next_cursor: string | null;
}

const paged = {
  initialPageParam: "",
  getNextPageParam: (last: { next_cursor: string | null }) => last.next_cursor,
  placeholderData: keepPreviousData,
};

const from = (cursor: string) => (cursor ? { cursor } : {});

/** Trees, the newest first, page after page. */
export function useTrees(filters: Filters) {
  const asked = asQuery(filters, "trees");
  return useInfiniteQuery({
    ...paged,
    queryKey: ["trees", "list", asked],
    queryFn: ({ pageParam, signal }): Promise<PageOf<Schemas["Tree"]>> =>
      data(api.GET("/api/v1/trees", { params: { query: { ...asked, ...from(pageParam) } }, signal })),
  });
}

/** Messages, the newest first, page after page. */
export function useMessages(filters: Filters) {
  const asked = asQuery(filters, "messages");
  return useInfiniteQuery({
    ...paged,
    queryKey: ["messages", "list", asked],
    queryFn: ({ pageParam, signal }): Promise<PageOf<Schemas["Message"]>> =>
      data(api.GET("/api/v1/messages", { params: { query: { ...asked, ...from(pageParam) } }, signal })),
  });
}

/** The languages that have messages here. */
export function useSpoken(): readonly string[] {
  const { data: stats } = useQuery({
    queryKey: ["stats"],
    staleTime: 300_000,
    queryFn: () => data(api.GET("/api/v1/stats")),
  });
  return Object.keys(stats?.messages.by_language ?? {});
}
