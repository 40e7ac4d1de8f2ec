import { useLayoutEffect, useRef, useState } from "react";
import type { DraftHandle } from "@/components/task/types";
import { begun, draftOf, rank, shown, tierOf, type Move, type Ranking } from "./ranking";

/** Where a card was on the screen and what of it had the focus, before it moved. */
interface Anchor {
  id: string;
  top: number;
  focus: string;
}

export function cardOf(id: string): HTMLElement | null {
  return document.getElementById(`${id}-handle`)?.closest<HTMLElement>("[data-reply]") ?? null;
}

/** The order as it is being made. What is moved stays under the finger, and keeps the focus: the others give way. */
export function useRanking(draft: DraftHandle, replies: readonly string[]) {
  const [ranking, setRanking] = useState(() => begun(draft.content, replies));
  // What the next key builds on, should it come before this one is drawn.
  const latest = useRef(ranking);
  const anchor = useRef<Anchor | null>(null);

  useLayoutEffect(() => {
    const was = anchor.current;
    anchor.current = null;
    const card = was && cardOf(was.id);
    if (!was || !card) return;
    const by = card.getBoundingClientRect().top - was.top;
    if (by !== 0) window.scrollBy({ top: by, behavior: "instant" });
    if (was.focus && document.activeElement?.id !== was.focus)
      document.getElementById(was.focus)?.focus({ preventScroll: true });
  }, [ranking]);

  function act(move: Move): { before: Ranking; after: Ranking } {
    const before = latest.current;
    const after = rank(before, move);
    anchor.current = anchorOf(move, before, after);
    latest.current = after;
    setRanking(after);
    draft.keep({ ...draft.content, ...draftOf(after) });
    return { before, after };
  }

  return { ranking, latest, act };
}

/** A card that is refused goes far down: whoever did it stays where they were, at the card that took its place. */
function successorOf(id: string, before: Ranking, after: Ranking): string {
  const sunk = tierOf(after, id) >= after.tiers.length && tierOf(before, id) < before.tiers.length;
  return sunk ? (shown(after)[shown(before).indexOf(id)] ?? id) : id;
}

/** Only what is moved step by step is held fast; what was dragged or compared lies where it was put. */
function anchorOf(move: Move, before: Ranking, after: Ranking): Anchor | null {
  if (move.move === "allWrong" || move.move === "place" || move.move === "join" || move.move === "prefer")
    return null;
  const card = cardOf(move.id);
  if (!card) return null;
  const focused = document.activeElement;
  const id = successorOf(move.id, before, after);
  const part = focused?.id.split("-").at(-1) ?? "handle";
  return { id, top: card.getBoundingClientRect().top, focus: card.contains(focused) ? `${id}-${part}` : "" };
}
