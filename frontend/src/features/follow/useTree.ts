import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";

/** A whole tree with its messages and its history. */
export function useTree(id: string) {
  return useQuery({
    queryKey: ["trees", "one", id],
    queryFn: () => data(api.GET("/api/v1/trees/{tree_id}", { params: { path: { tree_id: id } } })),
  });
}
