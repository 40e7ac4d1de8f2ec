import { useEffect, useSyncExternalStore } from "react";

export interface Hotkey {
  /** As on the key: "1", "j", "ArrowUp", "?", with "Mod+" for Ctrl or Command, "Alt+", "Shift+" before it. */
  keys: string;
  /** What it does, in words, for the list of keys. */
  label: string;
  run: () => void;
  /** Also while the cursor is in a text field. Default: only for keys with Mod. */
  whileTyping?: boolean;
}

const active = new Set<readonly Hotkey[]>();
const listeners = new Set<() => void>();
let snapshot: readonly Hotkey[] = [];

function changed(): void {
  snapshot = [...active].flat();
  for (const tell of listeners) tell();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** "Mod+Enter" for the event of Ctrl and Enter pressed together. Shift counts only for keys that print nothing. */
export function spell(event: KeyboardEvent): string {
  const shift = event.shiftKey && event.key.length > 1;
  return [
    event.ctrlKey || event.metaKey ? "Mod+" : "",
    event.altKey ? "Alt+" : "",
    shift ? "Shift+" : "",
    event.key,
  ].join("");
}

/** Enter on something that Enter presses: a key of the page must not take it away. */
function isPress(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return false;
  return event.target instanceof Element && event.target.closest("button, a[href], summary") !== null;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isPress(event)) return;
  if (document.querySelector("dialog[open]")) return; // a dialog keeps its keys to itself
  const pressed = spell(event);
  const found = snapshot.findLast((one) => one.keys.toLowerCase() === pressed.toLowerCase());
  if (!found) return;
  if (isTyping(event.target) && !(found.whileTyping ?? found.keys.startsWith("Mod+"))) return;
  event.preventDefault();
  found.run();
}

/** Listen for these keys while the component is there. The latest component wins a key that two want. */
export function useHotkeys(hotkeys: readonly Hotkey[], enabled = true): void {
  useEffect(() => {
    if (!enabled) return;
    if (active.size === 0) window.addEventListener("keydown", onKey);
    active.add(hotkeys);
    changed();
    return () => {
      active.delete(hotkeys);
      if (active.size === 0) window.removeEventListener("keydown", onKey);
      changed();
    };
  });
}

/** The keys that work at this moment. */
export function useActiveHotkeys(): readonly Hotkey[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => snapshot,
  );
}
