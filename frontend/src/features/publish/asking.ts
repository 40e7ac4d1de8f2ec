import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { DataSet, Gone, Listed } from "./types";

// Until the API describes these itself.
const soon = api as unknown as { GET<T>(path: string, init?: object): Promise<{ data?: T }> };

const DATASETS = ["datasets"] as const;

/** All data sets, the newest first. */
export function useDataSets() {
  return useInfiniteQuery({
    queryKey: [...DATASETS, "list"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        soon.GET<{ results: Listed[]; next_cursor: string | null }>("/api/v1/datasets", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** All of one. What is published stays as it is, but it can be recalled, and messages of it taken back. */
export function useDataSet(name: string) {
  return useQuery({
    queryKey: [...DATASETS, "one", name],
    queryFn: ({ signal }) =>
      data(soon.GET<DataSet>("/api/v1/datasets/{name}", { params: { path: { name } }, signal })),
    staleTime: 60_000,
  });
}

/** Which messages of it were taken back since. */
export function useGone(name: string, enabled: boolean) {
  return useQuery({
    queryKey: [...DATASETS, "gone", name],
    enabled,
    queryFn: ({ signal }) =>
      data(soon.GET<Gone[]>("/api/v1/datasets/{name}/withdrawn", { params: { path: { name } }, signal })),
  });
}

/** Where the files of a data set are. */
export function filesOf(name: string, origin = window.location.origin): string {
  return `${origin}/api/v1/datasets/${name}/files`;
}
