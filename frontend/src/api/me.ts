import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { forget, keep, recall } from "@/lib/storage";
import { api, data, type Schemas } from "./client";
import { isProblem } from "./problems";

export type Me = Schemas["Me"];
export const ME = ["me"] as const;

const WAS_IN = "oa.signedIn";

/** Whether somebody was signed in here when the page was last open: worth asking for their things at once. */
export function wasSignedIn(): boolean {
  return recall<boolean>(WAS_IN) === true;
}

/** Who is signed in, asked of the server; null for nobody. */
export async function whoAmI(): Promise<Me | null> {
  try {
    const me = await data(api.GET("/api/v1/me"));
    keep(WAS_IN, true);
    return me;
  } catch (error) {
    if (!isProblem(error) || (error.status !== 401 && error.status !== 403)) throw error;
    forget(WAS_IN);
    return null;
  }
}

/** Who is signed in: undefined while unknown, null for nobody. */
export function useMe() {
  return useQuery({ queryKey: ME, staleTime: 60_000, queryFn: whoAmI });
}

const CHANGES = ["change", "me"] as const;

/** Change something of one's own profile: seen at once, sent one after the other, taken back when refused. */
export function useChangeMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: CHANGES,
    scope: { id: "me" },
    mutationFn: (body: Schemas["PatchedProfileRequest"]) => data(api.PATCH("/api/v1/me", { body })),
    onMutate: async (change) => {
      const seen = { ...change };
      delete seen.onboarded; // it is sent as one thing and shown as another
      await queries.cancelQueries({ queryKey: ME });
      queries.setQueryData<Me | null>(ME, (me) => me && { ...me, ...seen });
    },
    onSuccess: (me) => {
      // An answer that a later change has overtaken would take that one back.
      if (queries.isMutating({ mutationKey: CHANGES }) === 1) queries.setQueryData(ME, me);
    },
    onError: () => queries.invalidateQueries({ queryKey: ME }),
  });
}

/** Whether somebody decides about other people's messages. */
export function isModerator(me: Me | null | undefined): boolean {
  return me?.role === "moderator" || me?.role === "admin";
}
