import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { atWork, type Act } from "./progress";
import type { Release, ReleaseHead } from "./types";

export const RELEASES = ["moderation", "releases"] as const;

/** Every release there is, the newest first. */
export function useReleases() {
  return useInfiniteQuery({
    queryKey: [...RELEASES, "list"],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const page = await data(
        api.GET("/api/v1/moderation/releases", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      );
      return { ...page, results: page.results as ReleaseHead[] };
    },
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some((release) => atWork(release.state))) ? 3_000 : false,
  });
}

/** One release; asked again each second while a worker is at it. */
export function useRelease(name: string) {
  return useQuery({
    queryKey: [...RELEASES, "one", name],
    queryFn: async ({ signal }) =>
      (await data(
        api.GET("/api/v1/moderation/releases/{name}", { params: { path: { name } }, signal }),
      )) as Release,
    refetchInterval: ({ state }) => (state.data && atWork(state.data.state) ? 1_000 : false),
  });
}

/** What can be ordered here. */
export function useOptions() {
  return useQuery({
    queryKey: [...RELEASES, "options"],
    queryFn: ({ signal }) => data(api.GET("/api/v1/moderation/releases/options", { signal })),
    refetchOnWindowFocus: false,
    gcTime: 0, // the name it suggests is taken once it was used
  });
}

/** What these filters choose, and what they leave out. */
export function usePreview(selection: Record<string, unknown>, enabled: boolean) {
  return useQuery({
    queryKey: [...RELEASES, "preview", selection],
    enabled,
    queryFn: ({ signal }) =>
      data(api.POST("/api/v1/moderation/releases/preview", { body: { selection }, signal })),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

export function useOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["OrderReleaseRequest"]) =>
      data(api.POST("/api/v1/moderation/releases", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...RELEASES, "list"] }),
  });
}

/** Publish, give up, retry or recall a release. */
export function useAct(name: string) {
  const queries = useQueryClient();
  const params = { path: { name } };
  return useMutation({
    mutationFn: ({ act, why = "" }: { act: Act; why?: string }) =>
      data<unknown>(
        act === "recall"
          ? api.POST("/api/v1/moderation/releases/{name}/recall", { params, body: { why } })
          : api.POST(`/api/v1/moderation/releases/{name}/${act}`, { params }),
      ),
    onSettled: () =>
      Promise.all(
        ["one", "list"].map((what) => queries.invalidateQueries({ queryKey: [...RELEASES, what] })),
      ),
  });
}
