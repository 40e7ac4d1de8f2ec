import type { BatchHead } from "../types";

type Counted = Pick<BatchHead, "state" | "total" | "waiting" | "done" | "undone" | "stands">;

/** Whether workers are at it, so that it is worth asking again. */
export function atWork({ state }: Pick<BatchHead, "state">): boolean {
  return state === "running" || state === "undoing";
}

/** Whether it goes back, or has. */
export function goesBack({ state }: Pick<BatchHead, "state">): boolean {
  return state === "undoing" || state === "undone";
}

/** How far what is under way is: so many of so many. */
export function reached(batch: Counted): { ready: number; of: number } {
  const { total, waiting, done, undone, stands } = batch;
  if (!goesBack(batch)) return { ready: total - waiting, of: total };
  return { ready: undone + stands, of: done + undone + stands };
}
