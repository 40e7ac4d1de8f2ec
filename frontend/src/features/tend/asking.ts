import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Health = Schemas["Health"];
export type Policy = Schemas["Policy"];
export type PolicyField = Schemas["PolicyField"];
export type Preview = Schemas["PolicyPreview"];
export type Version = Schemas["PolicyVersion"];

const EVERY = 30_000;

/** How the site does; asked again while one looks at it. */
export function useHealth() {
  return useQuery({
    queryKey: ["moderation", "health"],
    refetchInterval: EVERY,
    queryFn: () => data(api.GET("/api/v1/moderation/health")),
  });
}

const policy = (lang: string) => ["policy", "shown", lang] as const;
const history = (lang: string) => ["policy", "history", lang] as const;

export function usePolicy(lang: string) {
  return useQuery({
    queryKey: policy(lang),
    queryFn: () => data(api.GET("/api/v1/policy", { params: { query: { lang } } })),
  });
}

export function useHistory(lang: string) {
  return useInfiniteQuery({
    queryKey: history(lang),
    initialPageParam: "",
    getNextPageParam: (last: { next_cursor: string | null }) => last.next_cursor,
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/policy/history", {
          params: { query: { lang, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
  });
}

export interface Change {
  lang: string;
  values: Record<string, unknown>;
}

/** What a change would do, without making it. */
export function usePreview() {
  return useMutation({
    mutationFn: (body: Change) => data(api.POST("/api/v1/policy/preview", { body })),
  });
}

export function useChangePolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Change & { note: string }) => data(api.POST("/api/v1/policy", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["policy"] }),
  });
}
