import { useEffect, useReducer, useRef } from "react";
import { useTranslation } from "react-i18next";
import { askNext, tasksInHand, type Wish } from "@/api/tasks";
import { problemOf } from "@/api/problems";
import { useTitle } from "@/components/Page";
import { useSay } from "@/components/Toasts";
import { serverNow } from "@/lib/clock";
import { flow, isAway } from "./flow";
import { useGoing } from "./going";
import { openInTabs } from "./openTabs";
import { Refused } from "./Refused";
import { Waiting } from "./Waiting";
import { fits } from "@/api/wish";

const ENOUGH = 60_000;

/** A task that this person has in hand already and that fits the wish, unless another tab has it open. */
async function resumable(wish: Wish): Promise<string | null> {
  const held = await tasksInHand();
  const fit = held.filter((task) => {
    const left = task.expires_at === null ? 0 : Date.parse(task.expires_at) - serverNow();
    return fits(wish, task) && left > ENOUGH;
  });
  if (fit.length === 0) return null;
  const open = await openInTabs(fit.map((task) => task.id));
  return fit.find((task) => !open.has(task.id))?.id ?? null;
}

/** Asks for a task as the address wishes, and goes where the answer leads. */
export function Asking({ wish, tail }: { wish: Wish; tail: string }) {
  const { t } = useTranslation("work");
  const [mode, tell] = useReducer(flow, { at: "asking" });
  const going = useGoing(tail);
  const say = useSay();
  const asked = useRef(false);
  useTitle(t("asking"));
  useEffect(() => {
    if (mode.at !== "asking" || asked.current) return;
    asked.current = true; // asking twice would take two tasks
    const ask = async () => {
      const mine = await resumable(wish);
      if (mine === null) return going.to(await askNext(wish));
      say(t("resumed"));
      going.toId(mine);
    };
    ask()
      .catch((error: unknown) => tell({ type: "refuse", problem: problemOf(error) }))
      .finally(() => (asked.current = false));
  }, [mode.at, wish, going, say, t]);
  const away = mode.at === "refused" && isAway(mode.problem);
  useEffect(() => {
    if (!away) return;
    const again = () => tell({ type: "ask" });
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, [away]);
  if (mode.at === "refused") {
    return <Refused problem={mode.problem} tail={tail} retry={() => tell({ type: "ask" })} />;
  }
  return <Waiting />;
}
