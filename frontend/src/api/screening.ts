import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "./client";

/** What the toxicity workers last said of their model. */
export type Machine = Schemas["ToxicityStatus"];

/** The seven scores in the order in which the published files have them. */
export const SCORES = [
  "toxicity",
  "severe_toxicity",
  "obscene",
  "identity_attack",
  "insult",
  "threat",
  "sexual_explicit",
] as const satisfies readonly (keyof Schemas["Detoxify"])[];
export type Score = (typeof SCORES)[number];

/** How the machines are, asked again soon while something is under way. */
export function useScreening(enabled = true) {
  return useQuery({
    queryKey: ["screening", "status"],
    queryFn: () => data(api.GET("/api/v1/screening/status")),
    enabled,
    refetchInterval: ({ state }) => pauseOf(state.data?.toxicity),
  });
}

/** The model that scores toxicity. */
export function useMachine(enabled = true): Machine | undefined {
  return useScreening(enabled).data?.toxicity;
}

const SOON = 4_000;
const LATER = 60_000;

/** After how long to ask again, in milliseconds: soon while something is under way. */
export function pauseOf(machine: Pick<Machine, "state" | "waiting"> | undefined): number {
  if (!machine) return LATER;
  const { state, waiting } = machine;
  const under = state === "loading" || state === "downloading" || (state === "ready" && waiting > 0);
  return under ? SOON : LATER;
}

/** Whether the machine can read a language at all: "pt-BR" where it knows "pt". */
export function canRead(machine: Machine, lang: string): boolean {
  return machine.languages.includes(lang) || machine.languages.includes(lang.split("-")[0] ?? "");
}
