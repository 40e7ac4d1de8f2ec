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

export function useChangePreferences() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PreferenceChange) => data(api.PATCH("/api/v1/me/preferences", { body })),
    onSuccess: (kept) => {
      queries.setQueryData(PREFERENCES, kept);
      void queries.invalidateQueries({ queryKey: ["community"] });
    },
  });
}
