import type { Machine } from "@/api/screening";

export type Tone = "info" | "warn" | "good";

/** How it is shown: well, on its way, or in want of somebody. */
export function toneOf({ state }: Pick<Machine, "state">): Tone {
  if (state === "ready") return "good";
  return state === "missing" || state === "unknown" ? "warn" : "info";
}
