/** Where a card lies on the screen, and in which place it stands (null: among the unacceptable). */
export interface Box {
  id: string;
  tier: number | null;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Where a reply would go if it were let go now. */
export type Target = { to: "join"; id: string } | { to: "place"; before: number } | { to: "refuse" } | null;

// On a card, this much of its height at either end means "between"; the middle means "beside".
const EDGE = 0.28;
const MOST_EDGE = 56;

/** What the pointer means: on a card a tie, at its edges or between cards a place of its own. */
export function targetAt(x: number, y: number, dragged: string, boxes: readonly Box[]): Target {
  const box = nearest(x, y, boxes);
  if (!box || box.id === dragged) return null;
  if (box.tier === null) return { to: "refuse" };
  const edge = Math.min((box.bottom - box.top) * EDGE, MOST_EDGE);
  if (y < box.top + edge) return { to: "place", before: box.tier };
  if (y > box.bottom - edge) return { to: "place", before: box.tier + 1 };
  return { to: "join", id: box.id };
}

function nearest(x: number, y: number, boxes: readonly Box[]): Box | null {
  const off = (at: number, from: number, till: number) => Math.max(from - at, at - till, 0);
  let best: Box | null = null;
  let least = Infinity;
  for (const box of boxes) {
    // Rows before columns: a pointer beside a card is still at its height.
    const distance = off(y, box.top, box.bottom) * 1000 + off(x, box.left, box.right);
    if (distance < least) [best, least] = [box, distance];
  }
  return best;
}
