import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { atWork } from "./progress";
import type { Import, ImportProblem, Page } from "./types";

// Until the API describes these itself.
const soon = api as unknown as {
  GET<T>(path: string, init?: object): Promise<{ data?: T }>;
  POST<T>(path: string, init?: object): Promise<{ data?: T }>;
};

export const IMPORTS = ["moderation", "imports"] as const;

/** Every import there was, the newest first. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: [...IMPORTS, "list"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        soon.GET<Page<Import>>("/api/v1/moderation/imports", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some((run) => atWork(run.state))) ? 3_000 : false,
  });
}

/** One import; asked again each second while a worker is at it. */
export function useImport(id: string) {
  return useQuery({
    queryKey: [...IMPORTS, "one", id],
    queryFn: ({ signal }) =>
      data(soon.GET<Import>("/api/v1/moderation/imports/{id}", { params: { path: { id } }, signal })),
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
        soon.GET<Page<ImportProblem>>("/api/v1/moderation/imports/{id}/problems", {
          params: { path: { id }, query: pageParam ? { cursor: pageParam } : {} },
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
      data(soon.POST<Import>(`/api/v1/moderation/imports/{id}/${act}`, { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: IMPORTS }),
  });
}
