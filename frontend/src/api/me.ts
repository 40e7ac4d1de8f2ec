import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data, type Schemas } from "./client";
import { isProblem } from "./problems";

export type Me = Schemas["Me"];
export const ME = ["me"] as const;

/** Who is signed in, asked of the server; null for nobody. */
export async function whoAmI(): Promise<Me | null> {
  try {
    return await data(api.GET("/api/v1/me"));
  } catch (error) {
    if (isProblem(error) && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

/** Who is signed in: undefined while unknown, null for nobody. */
export function useMe() {
  return useQuery({ queryKey: ME, staleTime: 60_000, queryFn: whoAmI });
}

/** Change something of one's own profile. */
export function useChangeMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["PatchedProfileRequest"]) => data(api.PATCH("/api/v1/me", { body })),
    onSuccess: (me) => queries.setQueryData(ME, me),
  });
}
