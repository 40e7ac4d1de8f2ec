import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { atWork, type Act } from "./progress";
import type { Options, Page, Preview, Release, ReleaseHead } from "./types";

// Until the API describes these itself.
const soon = api as unknown as {
  GET<T>(path: string, init?: object): Promise<{ data?: T }>;
  POST<T>(path: string, init?: object): Promise<{ data?: T }>;
};

export const RELEASES = ["moderation", "releases"] as const;
const one = (name: string) => [...RELEASES, "one", name] as const;

/** Every release there is, the newest first. */
export function useReleases() {
  return useInfiniteQuery({
    queryKey: [...RELEASES, "list"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        soon.GET<Page<ReleaseHead>>("/api/v1/moderation/releases", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some((release) => atWork(release.state))) ? 3_000 : false,
  });
}

/** One release; asked again each second while a worker is at it. */
export function useRelease(name: string) {
  return useQuery({
    queryKey: one(name),
    queryFn: ({ signal }) =>
      data(soon.GET<Release>("/api/v1/moderation/releases/{name}", { params: { path: { name } }, signal })),
    refetchInterval: ({ state }) => (state.data && atWork(state.data.state) ? 1_000 : false),
  });
}

/** What can be ordered here. */
export function useOptions() {
  return useQuery({
    queryKey: [...RELEASES, "options"],
    queryFn: ({ signal }) => data(soon.GET<Options>("/api/v1/moderation/releases/options", { signal })),
    refetchOnWindowFocus: false,
  });
}

/** What these filters choose, and what they leave out. */
export function usePreview(selection: object, enabled: boolean) {
  return useQuery({
    queryKey: [...RELEASES, "preview", selection],
    enabled,
    queryFn: ({ signal }) =>
      data(soon.POST<Preview>("/api/v1/moderation/releases/preview", { body: { selection }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => data(soon.POST<Release>("/api/v1/moderation/releases", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...RELEASES, "list"] }),
  });
}

/** Publish, cancel, retry or recall a release. */
export function useAct(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, why }: { act: Act; why?: string }) =>
      data(
        soon.POST<Release>(`/api/v1/moderation/releases/{name}/${act}`, {
          params: { path: { name } },
          ...(why !== undefined && { body: { why } }),
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: RELEASES }),
  });
}
