import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { extendTask, taskKey, type Task } from "@/api/tasks";
import { problemOf } from "@/api/problems";
import { serverNow } from "@/lib/clock";
import { isAway } from "./flow";

const MINUTE = 60_000;
const LOOK = 10_000;

export interface Times {
  /** Milliseconds left; may be below zero. */
  left: number;
  /** Whether little enough is left to speak of it. */
  short: boolean;
  /** Whether somebody who is working should be given more, without being asked. */
  extend: boolean;
}

/** How a lease stands at this moment. `length` is how long it was when it was last given. */
export function timesOf(expires: number, length: number, now: number): Times {
  const left = expires - now;
  return {
    left,
    short: left < Math.min(5 * MINUTE, length / 3),
    extend: left < Math.min(10 * MINUTE, length / 2),
  };
}

/** Keeps a task in the hands of somebody who works on it. Says how much time is left only when it runs short. */
export function useLease(task: Task, working: boolean, onLost: (problem: unknown) => void) {
  const queries = useQueryClient();
  const [minutes, setMinutes] = useState<number | null>(null);
  const active = useRef(false);
  const given = useRef({ at: Date.parse(task.leased_at ?? ""), tried: 0 });
  const { id } = task;
  const expires = task.expires_at === null ? NaN : Date.parse(task.expires_at);

  const extend = useCallback(async () => {
    given.current.tried = Date.now();
    try {
      const { expires_at } = await extendTask(id);
      given.current.at = serverNow();
      queries.setQueryData(
        taskKey(id),
        (old: Task | undefined) => old && { ...old, expires_at, status: "leased" as const, closed_at: null },
      );
      setMinutes(null);
    } catch (error) {
      if (!isAway(problemOf(error))) onLost(error);
    }
  }, [id, queries, onLost]);

  useEffect(() => {
    if (!working || Number.isNaN(expires)) return;
    const note = () => (active.current = true);
    const look = () => {
      const now = serverNow();
      const { left, short, extend: due } = timesOf(expires, expires - given.current.at, now);
      if (due && active.current && Date.now() - given.current.tried > 30_000) void extend();
      active.current = false;
      setMinutes(short ? Math.max(0, Math.ceil(left / MINUTE)) : null);
    };
    const events = ["keydown", "pointerdown", "scroll", "input"] as const;
    for (const one of events) window.addEventListener(one, note, { passive: true, capture: true });
    const timer = setInterval(look, LOOK);
    look();
    return () => {
      clearInterval(timer);
      for (const one of events) window.removeEventListener(one, note, { capture: true });
    };
  }, [working, expires, extend]);

  return { minutes, extend };
}
