import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Preferences = Schemas["Preferences"];
export type PreferenceChange = Schemas["PatchedPreferencesRequestRequest"];

const PREFERENCES = ["preferences"] as const;

/** What somebody wants to hear, and whether they are seen. */
export function usePreferences() {
  return useQuery({
    queryKey: PREFERENCES,
    queryFn: () => data(api.GET("/api/v1/me/preferences")),
  });
}

const CHANGES = ["change", "preferences"] as const;

/** Change some of them: seen at once, sent one after the other, taken back when refused. */
export function useChangePreferences() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: CHANGES,
    scope: { id: "preferences" },
    mutationFn: (body: PreferenceChange) => data(api.PATCH("/api/v1/me/preferences", { body })),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey: PREFERENCES });
      queries.setQueryData<Preferences>(PREFERENCES, (now) => now && { ...now, ...change });
    },
    onSuccess: (kept) => {
      // An answer that a later change has overtaken would take that one back.
      if (queries.isMutating({ mutationKey: CHANGES }) === 1) queries.setQueryData(PREFERENCES, kept);
      void queries.invalidateQueries({ queryKey: ["community"] });
    },
    onError: () => queries.invalidateQueries({ queryKey: PREFERENCES }),
  });
}
