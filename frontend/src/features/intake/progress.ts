import type { Import, ImportState } from "./types";

/** Whether a worker is at it, or will be: worth asking again. */
export function atWork(state: ImportState): boolean {
  return state === "waiting" || state === "running";
}

/** How much of the file has been read, from 0 to 1. */
export function share({ done_bytes, total_bytes }: Pick<Import, "done_bytes" | "total_bytes">): number {
  return total_bytes > 0 ? Math.min(1, done_bytes / total_bytes) : 0;
}

/** What an administrator can do with it: end it, do for real what was tried, or go on with what stopped. */
export function possible({
  state,
  dry_run,
}: Pick<Import, "state" | "dry_run">): "stop" | "real" | "again" | null {
  if (atWork(state)) return "stop";
  if (dry_run) return state === "done" ? "real" : null;
  return state === "done" ? null : "again";
}

type Tone = "note" | "good" | "warn" | "bad";

export function toneOf(state: ImportState): Tone {
  return ({ waiting: "note", running: "note", done: "good", failed: "bad", stopped: "warn" } as const)[state];
}

/** Numbers by name, the largest first; those that are nothing are left out. */
export function ranked(of: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(of)
    .filter(([, number]) => number > 0)
    .sort(([one, many], [other, more]) => more - many || one.localeCompare(other));
}
