import type { DraftContent } from "@/components/task/types";

/** The order as it stands: places best first, those that share one side by side, and below them all what won't do. */
export interface Ranking {
  tiers: readonly (readonly string[])[];
  unacceptable: readonly string[];
  notRankable: boolean;
  /** Somebody has put a hand to it: what stands there is meant. */
  touched: boolean;
}

export type Move =
  /** Out of a tie to a place of its own, else past the whole place above (below). */
  | { move: "up" | "down"; id: string }
  /** To the place above, beside those who have it; who shares a place gets one of their own below it. */
  | { move: "tie"; id: string }
  /** To a place of its own before the `before`th; past the last place: to the end. */
  | { move: "place"; id: string; before: number }
  /** Beside another. */
  | { move: "join"; id: string; to: string }
  /** Above another, if it is not already. */
  | { move: "prefer"; id: string; to: string }
  /** Unacceptable, or no longer so. */
  | { move: "refuse"; id: string }
  /** All of them are wrong, or not. */
  | { move: "allWrong" };

/** What was kept, as far as it still fits: unknown replies are left out, missing ones come last. */
export function begun(content: DraftContent, replies: readonly string[]): Ranking {
  const left = new Set(replies);
  const take = (id: string) => left.delete(id);
  const unacceptable = (content.unacceptable ?? []).filter(take);
  const kept = (content.order ?? []).map((tier) => tier.filter(take)).filter((tier) => tier.length > 0);
  return {
    tiers: [...kept, ...[...left].map((id) => [id])],
    unacceptable,
    notRankable: content.notRankable ?? false,
    touched: content.order !== undefined,
  };
}

/** Where a reply stands: the number of its place; those below all others have the one after the last. */
export function tierOf({ tiers }: Ranking, id: string): number {
  const found = tiers.findIndex((tier) => tier.includes(id));
  return found < 0 ? tiers.length : found;
}

export function isTied({ tiers }: Ranking, id: string): boolean {
  return tiers.some((tier) => tier.length > 1 && tier.includes(id));
}

function isRefused({ unacceptable }: Ranking, id: string): boolean {
  return unacceptable.includes(id);
}

/** All replies from the top of the page to its foot. */
export function shown({ tiers, unacceptable }: Ranking): readonly string[] {
  return [...tiers.flat(), ...unacceptable];
}

/** Every place without this reply. Its own may be empty until the move is finished, so that numbers stay. */
function lifted({ tiers, unacceptable }: Ranking, id: string) {
  return {
    tiers: tiers.map((tier) => tier.filter((one) => one !== id)),
    unacceptable: unacceptable.filter((one) => one !== id),
  };
}

function alone(ranking: Ranking, id: string, before: number): Partial<Ranking> {
  const { tiers, unacceptable } = lifted(ranking, id);
  return { tiers: [...tiers.slice(0, before), [id], ...tiers.slice(before)], unacceptable };
}

function beside(ranking: Ranking, id: string, tier: number): Partial<Ranking> {
  const { tiers, unacceptable } = lifted(ranking, id);
  return { tiers: tiers.map((ids, place) => (place === tier ? [...ids, id] : ids)), unacceptable };
}

type Doing = {
  [M in Move["move"]]: (ranking: Ranking, move: Extract<Move, { move: M }>) => Partial<Ranking>;
};

const DOING: Omit<Doing, "allWrong"> = {
  up(ranking, { id }) {
    const tier = tierOf(ranking, id);
    // Above the place before it; out of a tie or from among the unacceptable, to just where it is.
    return alone(ranking, id, isTied(ranking, id) || isRefused(ranking, id) ? tier : Math.max(0, tier - 1));
  },
  down(ranking, { id }) {
    if (isRefused(ranking, id)) return {};
    const tier = tierOf(ranking, id);
    return alone(ranking, id, isTied(ranking, id) ? tier + 1 : Math.min(ranking.tiers.length, tier + 2));
  },
  tie(ranking, { id }) {
    const tier = tierOf(ranking, id);
    if (isTied(ranking, id)) return alone(ranking, id, tier + 1);
    return tier === 0 ? {} : beside(ranking, id, tier - 1);
  },
  place: (ranking, { id, before }) => alone(ranking, id, before),
  join(ranking, { id, to }) {
    return to === id || isRefused(ranking, to) ? {} : beside(ranking, id, tierOf(ranking, to));
  },
  prefer(ranking, { id, to }) {
    const other = tierOf(ranking, to);
    return tierOf(ranking, id) < other ? {} : alone(ranking, id, other);
  },
  refuse(ranking, { id }) {
    if (isRefused(ranking, id)) return alone(ranking, id, ranking.tiers.length);
    return { ...lifted(ranking, id), unacceptable: [...ranking.unacceptable, id] };
  },
};

export function rank(ranking: Ranking, move: Move): Ranking {
  if (move.move === "allWrong") return { ...ranking, notRankable: !ranking.notRankable };
  const moved = { ...ranking, ...(DOING[move.move] as Doing["up"])(ranking, move as never), touched: true };
  return { ...moved, tiers: moved.tiers.filter((tier) => tier.length > 0) };
}

/** A reply's place as people count: two on first place, and the next is third. */
export interface Stand {
  place: number;
  of: number;
  tiedWith: readonly string[];
  refused: boolean;
}

export function standOf(ranking: Ranking, id: string): Stand {
  const tier = tierOf(ranking, id);
  const count = (tiers: Ranking["tiers"]) => tiers.reduce((sum, ids) => sum + ids.length, 0);
  return {
    place: count(ranking.tiers.slice(0, tier)) + 1,
    of: count(ranking.tiers),
    tiedWith: (ranking.tiers[tier] ?? []).filter((one) => one !== id),
    refused: isRefused(ranking, id),
  };
}

/** What is kept while it is being made. An untouched order is not kept, so that it still counts as untouched. */
export function draftOf({ tiers, unacceptable, notRankable, touched }: Ranking): DraftContent {
  if (!touched) return { notRankable };
  return { order: tiers.map((tier) => [...tier]), unacceptable: [...unacceptable], notRankable };
}

/** What is handed in. Who says that all are wrong has no order, unless they made one before they saw it. */
export function answerOf({ tiers, unacceptable, notRankable, touched }: Ranking) {
  if (notRankable && !touched) return { order: [], unacceptable: [], not_rankable: true };
  return {
    order: tiers.map((tier) => (tier.length === 1 ? tier[0]! : [...tier])),
    unacceptable: [...unacceptable],
    not_rankable: notRankable,
  };
}

/** What a reply is called on this page: A, B, C … by the order in which they came. */
export function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : letter + String(Math.floor(place / 26));
}
