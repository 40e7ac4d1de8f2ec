import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Standing = Schemas["Standing"];

/** Why a message would be in no data set made now, as it is told: by itself, with everything, for a while, or else. */
export type Told = "free" | "withdrawn" | "withdrewAll" | "embargoed" | "held";

export function toldOf(standing: Standing): Told {
  if (standing.withdrew_all) return "withdrewAll";
  if (standing.withdrawn) return "withdrawn";
  if (standing.held === "") return "free";
  return standing.held === "embargoed" && standing.free_from !== null ? "embargoed" : "held";
}

const key = (id: string) => ["tasks", "standing", id] as const;

/** Where a message of one's own stands with the data sets. */
export function useStanding(id: string) {
  return useQuery({
    queryKey: key(id),
    queryFn: () =>
      data(api.GET("/api/v1/me/messages/{message_id}/data-sets", { params: { path: { message_id: id } } })),
  });
}

/** Keep a message out of data sets, or give it back. */
export function useKeepOut(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (out: boolean) => {
      const init = { params: { path: { message_id: id } } };
      return data(
        out
          ? api.POST("/api/v1/me/messages/{message_id}/withdraw", init)
          : api.POST("/api/v1/me/messages/{message_id}/give-back", init),
      );
    },
    onSuccess: (standing) => {
      queries.setQueryData(key(id), standing);
      void queries.invalidateQueries({ queryKey: ["tasks", "contributions"] });
    },
  });
}
