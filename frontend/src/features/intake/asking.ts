import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { atWork } from "./progress";
import type { Import } from "./types";

export const IMPORTS = ["moderation", "imports"] as const;

/** Every import there was, the newest first. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: [...IMPORTS, "list"],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const page = await data(
        api.GET("/api/v1/moderation/imports", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      );
      return { ...page, results: page.results as Import[] };
    },
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some((run) => atWork(run.state))) ? 3_000 : false,
  });
}

/** How large a file may be; told before anything is sent. */
export function useLimits() {
  return useQuery({
    queryKey: [...IMPORTS, "limits"],
    staleTime: Infinity,
    queryFn: ({ signal }) => data(api.GET("/api/v1/moderation/imports/limits", { signal })),
  });
}

/** One import; asked again each second while a worker is at it. */
export function useImport(id: string) {
  return useQuery({
    queryKey: [...IMPORTS, "one", id],
    queryFn: async ({ signal }) =>
      (await data(
        api.GET("/api/v1/moderation/imports/{import_id}", { params: { path: { import_id: id } }, signal }),
      )) as Import,
    refetchInterval: ({ state }) => (state.data && atWork(state.data.state) ? 1_000 : false),
  });
}

/** What was wrong with its lines. Asked anew when the import has come to an end. */
export function useProblems(id: string, ended: string | null) {
  return useInfiniteQuery({
    queryKey: [...IMPORTS, "problems", id, ended],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/imports/{import_id}/problems", {
          params: { path: { import_id: id }, query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** Do for real what was tried, go on, or stop. */
export function useAct(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: "run" | "stop") =>
      data<unknown>(
        api.POST(`/api/v1/moderation/imports/{import_id}/${act}`, { params: { path: { import_id: id } } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: IMPORTS }),
  });
}
