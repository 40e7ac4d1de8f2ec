import { useEffect, useEffectEvent } from "react";
import { isProblem } from "@/api/problems";
import { getTask, getWaiting, tasksInHand, type Task, type Waiting } from "@/api/tasks";

const STREAM = "/api/v1/tasks/stream";
const POLL = 15_000;
const SELDOM = 45_000;
/** Before the place on the list lapses it is asked for again. */
const RENEW = 10 * 60_000;

/** Whether a task that is in one's hands came since one began to wait (a little earlier counts: clocks differ). */
export function cameSince(task: { leased_at: string | null }, since: string | null): boolean {
  if (task.leased_at === null) return false;
  return since === null || Date.parse(task.leased_at) >= Date.parse(since) - 1000;
}

interface Ears {
  since: string | null;
  /** A task has come. */
  onTask: (task: Task) => void;
  /** Still on the list, and why just now. */
  onStill: (waiting: Waiting) => void;
  /** No longer on the list and no task came, or the place on it is about to lapse: ask again. */
  onAsk: () => void;
}

/** Listens for a task: to the stream, and by looking now and then, more often where no stream gets through. */
export function useListening({ since, onTask, onStill, onAsk }: Ears): void {
  const come = useEffectEvent(onTask);
  const still = useEffectEvent(onStill);
  const ask = useEffectEvent(onAsk);
  useEffect(() => {
    let over = false;
    let asking = false;
    let looked = 0;
    const look = async () => {
      if (asking || over) return;
      asking = true;
      looked = Date.now();
      try {
        const waiting = await getWaiting();
        const found = waiting ? null : (await tasksInHand()).find((task) => cameSince(task, since));
        const task = found && (await getTask(found.id));
        if (over) return;
        if (waiting) still(waiting);
        else if (task) come(task);
        else ask();
      } catch (error) {
        if (!isProblem(error)) throw error; // away for the moment: the next look will tell
      } finally {
        asking = false;
      }
    };
    const source = new EventSource(STREAM);
    source.addEventListener("task", (event) => {
      const task = JSON.parse(event.data as string) as Task;
      if (!over && cameSince(task, since)) come(task);
    });
    // What came between the answer and this moment was told to nobody.
    source.addEventListener("open", () => void look());
    const looks = setInterval(() => {
      if (source.readyState !== EventSource.OPEN || Date.now() - looked > SELDOM) void look();
    }, POLL);
    const renewals = setInterval(() => ask(), RENEW);
    const back = () => document.visibilityState === "visible" && void look();
    document.addEventListener("visibilitychange", back);
    window.addEventListener("online", back);
    return () => {
      over = true;
      source.close();
      clearInterval(looks);
      clearInterval(renewals);
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("online", back);
    };
  }, [since]);
}
