import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { DataSet, Gone, Listed, Sample } from "./types";

const DATASETS = ["datasets"] as const;

const from = (cursor: string) => (cursor ? { cursor } : {});

/** All data sets, the newest first. */
export function useDataSets() {
  return useInfiniteQuery({
    queryKey: [...DATASETS, "list"],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const page = await data(api.GET("/api/v1/datasets", { params: { query: from(pageParam) }, signal }));
      return { ...page, results: page.results as Listed[] };
    },
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** All of one. What is published stays as it is, but it can be recalled, and messages of it taken back. */
export function useDataSet(name: string) {
  return useQuery({
    queryKey: [...DATASETS, "one", name],
    queryFn: async ({ signal }) => {
      const one = await data(api.GET("/api/v1/datasets/{name}", { params: { path: { name } }, signal }));
      return { ...one, samples: one.samples as unknown as Sample[] } as DataSet;
    },
    staleTime: 60_000,
  });
}

const gone = (name: string, query: { cursor?: string; limit?: number }) =>
  data(api.GET("/api/v1/datasets/{name}/withdrawn", { params: { path: { name }, query } }));

/** Which messages of it were taken back since. */
export function useGone(name: string) {
  return useInfiniteQuery({
    queryKey: [...DATASETS, "gone", name],
    initialPageParam: "",
    queryFn: ({ pageParam }) => gone(name, from(pageParam)),
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** All of them, saved as a file of JSON lines. */
export function useSaveGone(name: string) {
  return useMutation({
    mutationFn: async () => {
      const all: Gone[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const page: { results: Gone[]; next_cursor: string | null } = await gone(name, {
          ...from(cursor),
          limit: 100,
        });
        all.push(...page.results);
        cursor = page.next_cursor;
      }
      save(`${name}-withdrawn.jsonl`, all.map((one) => `${JSON.stringify(one)}\n`).join(""));
    },
  });
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Where the files of a data set are. */
export function filesOf(name: string): string {
  return `${window.location.origin}/api/v1/datasets/${name}/files`;
}
