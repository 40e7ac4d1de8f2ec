import { useCallback, useEffect, useReducer, useRef } from "react";
import { problemOf, type Problem } from "@/api/problems";

/** What becomes of a change: on its way, kept (and how to undo it), or refused. */
export type Saving<Change> =
  | { at: "rest" }
  | { at: "saving" }
  | { at: "saved"; undo: Change | null }
  | { at: "refused"; problem: Problem };

type Step<Change> =
  { do: "send" } | { do: "kept"; undo: Change | null } | { do: "refuse"; problem: Problem } | { do: "rest" };

export function saving<Change>(now: Saving<Change>, step: Step<Change>): Saving<Change> {
  switch (step.do) {
    case "send":
      return { at: "saving" };
    case "kept":
      return { at: "saved", undo: step.undo };
    case "refuse":
      return { at: "refused", problem: step.problem };
    case "rest":
      // A word of thanks goes by itself; a refusal stays until it is mended.
      return now.at === "saved" ? { at: "rest" } : now;
  }
}

const SHOWN = 8000;

/** Keeps a part of the settings as it is changed. `before` is what takes the change back, where that is cheap. */
export function useSaving<Change>(send: (change: Change) => Promise<unknown>) {
  const [now, step] = useReducer(saving<Change>, { at: "rest" });
  const last = useRef(0);
  const save = useCallback(
    async (change: Change, before: Change | null = null): Promise<boolean> => {
      const mine = ++last.current;
      step({ do: "send" });
      try {
        await send(change);
        if (mine === last.current) step({ do: "kept", undo: before });
        return true;
      } catch (error) {
        if (mine === last.current) step({ do: "refuse", problem: problemOf(error) });
        return false;
      }
    },
    [send],
  );
  useEffect(() => {
    if (now.at !== "saved") return;
    const timer = setTimeout(() => step({ do: "rest" }), SHOWN);
    return () => clearTimeout(timer);
  }, [now]);
  return { now, save };
}
