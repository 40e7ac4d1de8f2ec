import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "./client";

/** What the toxicity workers last said of their model. */
export type Machine = Schemas["ToxicityStatus"];

/** How the machines are, asked again while a model is on its way. */
export function useMachine(enabled = true): Machine | undefined {
  const { data: status } = useQuery({
    queryKey: ["screening", "status"],
    queryFn: () => data(api.GET("/api/v1/screening/status")),
    enabled,
    refetchInterval: ({ state }) => (isComing(state.data?.toxicity) ? 5_000 : false),
  });
  return status?.toxicity;
}

function isComing(machine: Machine | undefined): boolean {
  return machine?.state === "downloading" || machine?.state === "loading";
}

/** Whether the machine can read a language at all: "pt-BR" where it knows "pt". */
export function canRead(machine: Machine, lang: string): boolean {
  return machine.languages.includes(lang) || machine.languages.includes(lang.split("-")[0] ?? "");
}
