import type { Triaged } from "./place";

/** How a message left the list: left as it is, or deleted. */
export type How = "left" | "deleted";

/** Where somebody is in a list that gets shorter under their hands. */
export interface Sifting {
  current: string | null;
  /** What has left the list: by oneself, or before by somebody else. */
  handled: Readonly<Record<string, How | "gone">>;
  /** One's own acts that can be taken back, the last one at the end. */
  trail: readonly { id: string; how: How }[];
}

export type Move =
  | { to: "item"; id: string }
  | { to: "next" | "previous"; among: readonly Triaged[] }
  /** It leaves the list, and the next one comes. */
  | { do: "handle"; id: string; how: How; among: readonly Triaged[] }
  /** Back on the list, and looked at. */
  | { do: "undo"; id: string }
  /** Somebody else was first: it stays away, and there is nothing to take back. */
  | { do: "lose"; id: string };

export const BEGINNING: Sifting = { current: null, handled: {}, trail: [] };

/** What is still on the list. */
export function left(items: readonly Triaged[], { handled }: Sifting): Triaged[] {
  return items.filter(({ message }) => !(message.id in handled));
}

/** The message one is at; the first where that is gone. */
export function hereIn(items: readonly Triaged[], now: Sifting): Triaged | undefined {
  const shown = left(items, now);
  return shown.find(({ message }) => message.id === now.current) ?? shown[0];
}

/** The neighbour of the message one is at, or the same at an end. */
function beside(items: readonly Triaged[], now: Sifting, by: 1 | -1): string | null {
  const shown = left(items, now);
  const here = hereIn(items, now);
  if (!here) return null;
  const place = Math.min(Math.max(shown.indexOf(here) + by, 0), shown.length - 1);
  return shown[place]!.message.id;
}

function handle(now: Sifting, { id, how, among }: Extract<Move, { do: "handle" }>): Sifting {
  const shown = left(among, now);
  const place = shown.findIndex(({ message }) => message.id === id);
  const rest = shown.filter(({ message }) => message.id !== id);
  return {
    current: (rest[place] ?? rest.at(-1))?.message.id ?? null,
    handled: { ...now.handled, [id]: how },
    trail: [...now.trail.filter((one) => one.id !== id), { id, how }],
  };
}

const without = (trail: Sifting["trail"], id: string) => trail.filter((one) => one.id !== id);

/** What a move leads to. */
export function sifting(now: Sifting, move: Move): Sifting {
  if ("to" in move) {
    if (move.to === "item") return { ...now, current: move.id };
    return { ...now, current: beside(move.among, now, move.to === "next" ? 1 : -1) };
  }
  switch (move.do) {
    case "handle":
      return handle(now, move);
    case "undo": {
      const handled = Object.fromEntries(Object.entries(now.handled).filter(([id]) => id !== move.id));
      return { current: move.id, handled, trail: without(now.trail, move.id) };
    }
    case "lose":
      return {
        ...now,
        handled: { ...now.handled, [move.id]: "gone" },
        trail: without(now.trail, move.id),
      };
  }
}
