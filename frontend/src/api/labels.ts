import { useQuery } from "@tanstack/react-query";
import { api, data } from "./client";

/** What each label is called, in the language of the pages. */
export function useLabels(lang: string) {
  return useQuery({
    queryKey: ["labels", lang],
    staleTime: Infinity,
    queryFn: () => data(api.GET("/api/v1/labels")),
  });
}
