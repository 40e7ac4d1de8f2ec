import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from "react";
import { targetAt, type Box, type Target } from "./targets";

export interface Drag {
  id: string;
  x: number;
  y: number;
  target: Target;
}

interface Options {
  /** The cards as they lie now. */
  boxes: () => Box[];
  onDrop: (id: string, target: NonNullable<Target>) => void;
}

// A press that moves less is a press.
const SLACK = 5;
// This near to the edge of the window the page scrolls along: the nearer the faster, in pixels a second.
const RIM = 90;
const FASTEST = 2000;

/**
 * Drag a card by its handle: mouse, pen and touch alike. The handle alone takes the finger (`touch-action: none`), so
 * the page scrolls wherever else it is touched. Own code rather than a library: what libraries draw while dragging
 * they style with `<style>` elements, which our Content-Security-Policy refuses.
 */
export function useDragging({ boxes, onDrop }: Options) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  function start(id: string, event: ReactPointerEvent<HTMLElement>) {
    if (event.button !== 0 || !event.isPrimary || stop.current) return;
    const handle = event.currentTarget;
    const pointer = event.pointerId;
    const from = { x: event.clientX, y: event.clientY };
    let now: Drag | null = null;
    let frame = 0;
    let last = performance.now();
    handle.setPointerCapture(pointer);

    const look = (x: number, y: number) => {
      now = { id, x, y, target: targetAt(x, y, id, boxes()) };
      setDrag(now);
    };
    const scroll = (time: number) => {
      const passed = Math.min(0.1, (time - last) / 1000);
      last = time;
      if (now) {
        const into = now.y < RIM ? now.y - RIM : Math.max(0, now.y - (window.innerHeight - RIM));
        const part = Math.max(-1, Math.min(1, into / RIM));
        if (part !== 0) {
          window.scrollBy({ top: part * Math.abs(part) * FASTEST * passed, behavior: "instant" });
          look(now.x, now.y);
        }
      }
      frame = requestAnimationFrame(scroll);
    };
    const onMove = (moved: PointerEvent) => {
      if (moved.pointerId !== pointer) return;
      if (!now && Math.hypot(moved.clientX - from.x, moved.clientY - from.y) < SLACK) return;
      if (!now) frame = requestAnimationFrame(scroll);
      look(moved.clientX, moved.clientY);
    };
    const end = () => {
      cancelAnimationFrame(frame);
      handle.removeEventListener("pointermove", onMove);
      handle.removeEventListener("pointerup", onUp);
      handle.removeEventListener("pointercancel", end);
      handle.removeEventListener("lostpointercapture", end);
      window.removeEventListener("keydown", onKey, true);
      stop.current = null;
      setDrag(null);
    };
    const onUp = (up: PointerEvent) => {
      if (up.pointerId !== pointer) return;
      const dropped = now?.target;
      end();
      if (dropped) onDrop(id, dropped);
      else if (!now) handle.focus();
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      key.stopPropagation();
      end();
    };
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("pointerup", onUp);
    handle.addEventListener("pointercancel", end);
    handle.addEventListener("lostpointercapture", end);
    window.addEventListener("keydown", onKey, true);
    stop.current = end;
  }

  return { drag, start };
}
