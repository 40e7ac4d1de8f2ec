import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

/** A decision about me or my words, as I am told of it. */
export type Told = Schemas["OwnDecision"];

const MINE = ["me", "decisions"] as const;
const linked = (token: string) => ["appeals", "by-link", token] as const;

/** Everything moderators decided about me and my words, the newest first. */
export function useDecisions() {
  return useInfiniteQuery({
    queryKey: MINE,
    initialPageParam: "",
    getNextPageParam: (last: { next_cursor: string | null }) => last.next_cursor,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      data(api.GET("/api/v1/me/decisions", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
  });
}

/** The one decision a mail was about: whoever has the link need not sign in, and may not be able to. */
export function useLinked(token: string) {
  return useQuery({
    queryKey: linked(token),
    retry: false,
    queryFn: () => data(api.GET("/api/v1/appeals/by-link/{token}", { params: { path: { token } } })),
  });
}

/** Ask for a second look; with a link, or as whoever is signed in. */
export function useAppeal(token?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) =>
      token
        ? data(api.POST("/api/v1/appeals/by-link/{token}", { params: { path: { token } }, body: { text } }))
        : data(
            api.POST("/api/v1/me/decisions/{decision_id}/appeal", {
              params: { path: { decision_id: id } },
              body: { text },
            }),
          ),
    onSuccess: () => queries.invalidateQueries({ queryKey: token ? linked(token) : MINE }),
  });
}

/** How far an appeal is. */
export function stageOf(told: Told): "none" | "open" | "upheld" | "granted" {
  if (!told.appeal) return "none";
  return told.appeal.outcome || "open";
}
