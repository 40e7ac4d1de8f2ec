import type { Task } from "@/api/tasks";

export type Mode =
  | { at: "waiting" }
  | { at: "leaving" }
  | { at: "left" }
  /** A task has come while one waited. */
  | { at: "arrived"; task: Task };

export type Happening =
  { type: "came"; task: Task } | { type: "leave" } | { type: "gone" } | { type: "stay" };

/** A task that has come is never lost sight of, whatever else was under way. */
export function waits(mode: Mode, event: Happening): Mode {
  if (mode.at === "arrived") return mode;
  switch (event.type) {
    case "came":
      return { at: "arrived", task: event.task };
    case "leave":
      return { at: "leaving" };
    case "gone":
      return mode.at === "leaving" ? { at: "left" } : mode;
    case "stay":
      return { at: "waiting" };
  }
}
