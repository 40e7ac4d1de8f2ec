import { useEffect, useRef } from "react";

// Whoever did nothing for as long has gone away; their case goes back when the claim runs out.
const AWAY = 3 * 60_000;
const EVERY = 60_000;

/** While somebody works at something (types, points, scrolls), `hold` is called each minute: their claim goes on. */
export function useHold(id: string | null, hold: (id: string) => void): void {
  const latest = useRef(hold);
  useEffect(() => {
    latest.current = hold;
  });
  useEffect(() => {
    if (id === null) return;
    let active = Date.now();
    const touch = () => {
      active = Date.now();
    };
    const events = ["keydown", "pointerdown", "pointermove", "scroll"] as const;
    for (const event of events) window.addEventListener(event, touch, { passive: true, capture: true });
    const timer = setInterval(() => {
      if (Date.now() - active < AWAY && document.visibilityState === "visible") latest.current(id);
    }, EVERY);
    return () => {
      clearInterval(timer);
      for (const event of events) window.removeEventListener(event, touch, { capture: true });
    };
  }, [id]);
}
