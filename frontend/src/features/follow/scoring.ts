import { canRead, SCORES, type Machine, type Score } from "@/api/screening";
import type { Schemas } from "@/api/client";
import type { Message } from "./model";

type Scores = Schemas["Detoxify"];

/** The highest of the scores. */
export function peakOf(scores: Scores): { name: Score; value: number } {
  const given = SCORES.map((name) => ({ name, value: scores[name] ?? 0 }));
  return given.reduce((worst, one) => (one.value > worst.value ? one : worst));
}

/** Why there are no scores: `reading` means that they come by themselves. */
export type Lack =
  "reading" | "notSupported" | "off" | "missing" | "downloading" | "loading" | "away" | "unknown";

const BY_STATE: Record<Machine["state"], Lack> = {
  off: "off",
  unknown: "away",
  downloading: "downloading",
  loading: "loading",
  ready: "reading",
  missing: "missing",
};

export function lackOf(machine: Machine | undefined, lang: string): Lack {
  if (!machine) return "unknown";
  if (!machine.enabled) return "off";
  return canRead(machine, lang) ? BY_STATE[machine.state] : "notSupported";
}

/** Whether this person would be told the scores, and there are none yet. */
export function lacksScores(message: Message): boolean {
  return message.labels !== null && message.detoxify === null && !message.deleted;
}

/** Whether scores of one of these will come by themselves. */
export function areAwaited(messages: readonly Message[], machine: Machine | undefined): boolean {
  return messages.some((one) => lacksScores(one) && lackOf(machine, one.lang) === "reading");
}

/** After how long to ask again, so long after the page was opened; false once they seem not to come. */
export function pauseAfter(milliseconds: number): number | false {
  if (milliseconds < 10_000) return 2_000;
  if (milliseconds < 30_000) return 4_000;
  return milliseconds < 60_000 ? 10_000 : false;
}
