import type { ReleaseState } from "./types";

/** Whether a worker is at it, or will be: worth asking again. */
export function atWork(state: ReleaseState): boolean {
  return state === "waiting" || state === "building" || state === "checking";
}

/** Whether everybody can see it. */
export function isPublic(state: ReleaseState): boolean {
  return state === "published" || state === "recalled";
}

type Tone = "note" | "good" | "warn" | "bad";

export const TONES: Record<ReleaseState, Tone> = {
  waiting: "note",
  building: "note",
  checking: "note",
  ready: "good",
  published: "good",
  refused: "bad",
  failed: "bad",
  recalled: "warn",
  cancelled: "warn",
};

export const ACTS = ["publish", "cancel", "retry", "recall"] as const;
export type Act = (typeof ACTS)[number];

const POSSIBLE: Record<ReleaseState, readonly Act[]> = {
  waiting: ["cancel"],
  building: ["cancel"],
  checking: ["cancel"],
  ready: ["publish", "cancel"],
  published: ["recall"],
  refused: ["retry", "cancel"],
  failed: ["retry", "cancel"],
  recalled: [],
  cancelled: ["retry"],
};

/** What an administrator can do with a release in this state. */
export function possible(state: ReleaseState): readonly Act[] {
  return POSSIBLE[state];
}

/** How far it is, from 0 to 1. */
export function share({ done, total }: { done: number; total: number }): number {
  return total > 0 ? Math.min(1, done / total) : 0;
}

/** Where a file of a release is downloaded: from the desk before it is published. */
export function fileAddress(name: string, state: ReleaseState, path: string): string {
  const part = path.split("/").map(encodeURIComponent).join("/");
  const base = state === "published" ? "/api/v1/datasets" : "/api/v1/moderation/releases";
  return `${base}/${encodeURIComponent(name)}/files/${part}`;
}
