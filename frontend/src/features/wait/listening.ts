import { useEffect, useEffectEvent } from "react";
import { getWaiting, tasksInHand, getTask, type Task } from "@/api/tasks";
import { problemOf } from "@/api/problems";

const STREAM = "/api/v1/tasks/stream";
const POLL = 15_000;
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
  /** One is no longer on the list, and no task came: ask again. */
  onLapsed: () => void;
  /** Renew the place on the list. */
  onRenew: () => void;
}

/** Listens for a task: to the stream, and by asking now and then where no stream gets through. */
export function useListening({ since, onTask, onLapsed, onRenew }: Ears): void {
  const come = useEffectEvent(onTask);
  const lapsed = useEffectEvent(onLapsed);
  const renew = useEffectEvent(onRenew);
  useEffect(() => {
    let over = false;
    let asking = false;
    const look = async () => {
      if (asking || over) return;
      asking = true;
      try {
        if (await getWaiting()) return;
        const found = (await tasksInHand()).find((task) => cameSince(task, since));
        if (over) return;
        if (found) come(await getTask(found.id));
        else lapsed();
      } catch (error) {
        problemOf(error); // away for the moment: the next look will tell
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
    const polls = setInterval(() => {
      if (source.readyState !== EventSource.OPEN) void look();
    }, POLL);
    const renewals = setInterval(() => renew(), RENEW);
    const back = () => document.visibilityState === "visible" && void look();
    document.addEventListener("visibilitychange", back);
    window.addEventListener("online", back);
    return () => {
      over = true;
      source.close();
      clearInterval(polls);
      clearInterval(renewals);
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("online", back);
    };
  }, [since]);
}
