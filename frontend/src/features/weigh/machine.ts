import type { Schemas } from "@/api/client";

/** What the toxicity workers last said of their model. */
export type Machine = Schemas["ToxicityStatus"];

export type Tone = "info" | "warn" | "good";

/** How it is shown: well, on its way, or in want of somebody. */
export function toneOf({ state }: Pick<Machine, "state">): Tone {
  if (state === "ready") return "good";
  return state === "missing" || state === "unknown" ? "warn" : "info";
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
