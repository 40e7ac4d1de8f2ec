import type { Schemas } from "@/api/client";
import type { DraftContent } from "@/components/task/types";

type Code = Schemas["Outcome"]["code"];
export type Tone = "good" | "open" | "other" | "bad";

const TONES: Partial<Record<Code, Tone>> = {
  accepted: "good",
  ranked: "good",
  agreed: "good",
  near: "good",
  rejected: "bad",
  deleted: "bad",
  differed: "other",
};

/** How an outcome is coloured; its words say it too. */
export function toneOf(code: Code): Tone {
  return TONES[code] ?? "open";
}

/** The text in a kept draft; "" when it was no text that was begun. */
export function textIn(content: unknown): string {
  const text = (content as DraftContent | null)?.text;
  return typeof text === "string" ? text.trim() : "";
}

/** Whole minutes left, never below nought; null where there is no end. */
export function minutesLeft(expires: string | null, now: number): number | null {
  if (expires === null) return null;
  return Math.max(0, Math.floor((Date.parse(expires) - now) / 60_000));
}
