import type { Board } from "@/api/community";

type Entry = Board["entries"][number];

/** How many of the best are shown before the page jumps to those around me. */
export const SHOWN = 20;

/** The lines of a board: the best, and if I am not among them a gap and those around me. */
export function rowsOf(board: Board): (Entry | "gap")[] {
  const best = board.entries.slice(0, SHOWN);
  if (best.some((one) => one.is_me)) return best;
  const last = best.at(-1)?.place ?? 0;
  const around = board.around.filter((one) => !best.some((shown) => shown.person_id === one.person_id));
  if (around.length === 0) return best;
  return around[0]!.place > last + 1 ? [...best, "gap", ...around] : [...best, ...around];
}
