import type { Schemas } from "@/api/client";

/** From where on something is high, and up to where it is low; what lies between is neither. */
export interface Thresholds {
  low: number;
  high: number;
}

export type Level = "low" | "between" | "high";

export function levelOf(value: number, { low, high }: Thresholds): Level {
  if (value >= high) return "high";
  return value <= low ? "low" : "between";
}

/** The thresholds of the policy; null where it does not say. */
export function thresholdsOf(
  values: Schemas["Policy"]["values"] | undefined,
  of: "machine" | "people",
): Thresholds | null {
  const low = values?.[`toxicity_${of}_low`];
  const high = values?.[`toxicity_${of}_high`];
  return typeof low === "number" && typeof high === "number" ? { low, high } : null;
}

type Scores = Schemas["Detoxify"];
export type Score = keyof Scores;

/** The scores that there are, the highest first. Some models don't give all seven. */
export function sorted(scores: Scores): [Score, number][] {
  const given = Object.entries(scores).filter((pair): pair is [Score, number] => typeof pair[1] === "number");
  return given.sort(([, one], [, other]) => other - one);
}

/** Why it would be deleted, as the highest score suggests. */
export function likelyReason(score: Score): "hate" | "sexual" | "violence" {
  if (score === "sexual_explicit") return "sexual";
  return score === "threat" ? "violence" : "hate";
}
