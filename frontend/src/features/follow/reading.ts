import { above, threadThrough, type Arbour, type Node, type Picks } from "./model";

export type View = "tree" | "thread";

/** Where somebody is in a tree, and how it is laid out for them. */
export interface Place {
  view: View;
  current: string;
  picks: Picks;
  folded: ReadonlySet<string>;
  /** Counts the moves made by key or by link: after each, the message is brought into sight. */
  moves: number;
}

export type Move =
  | { to: "message"; id: string }
  | { to: "next" }
  | { to: "previous" }
  | { to: "sibling"; of?: string; by: 1 | -1 }
  | { to: "view"; view: View }
  | { to: "fold"; id: string }
  | { to: "allFolded" }
  | { to: "allOpen" };

export function start(arbour: Arbour, view: View, message: string | null): Place {
  const place: Place = { view, current: arbour.root.id, picks: {}, folded: new Set(), moves: 0 };
  const node = message ? arbour.nodes.get(message) : undefined;
  return node ? { ...arriving(place, node), moves: 1 } : place;
}

/** The message somebody is at; the prompt when theirs is gone. */
export function hereIn(arbour: Arbour, place: Place): Node {
  return arbour.nodes.get(place.current) ?? arbour.root;
}

/** At a message: it is in sight, and its thread is the one that is followed. */
function arriving(place: Place, node: Node): Place {
  const line = [...above(node), node];
  const picks = { ...place.picks };
  line.forEach((one, depth) => {
    const next = line[depth + 1];
    if (next) picks[one.id] = next.id;
  });
  const folded = new Set(place.folded);
  for (const one of line.slice(0, -1)) folded.delete(one.id);
  return { ...place, current: node.id, picks, folded };
}

function moved(place: Place, node: Node | undefined): Place {
  return node ? { ...arriving(place, node), moves: place.moves + 1 } : place;
}

/** In the order in which they stand on the page: a thread downwards, a tree without what is folded. */
export function inSight(arbour: Arbour, place: Place): Node[] {
  if (place.view === "thread") return threadThrough(hereIn(arbour, place), place.picks);
  const found: Node[] = [];
  const open = [arbour.root];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node);
    if (!place.folded.has(node.id)) open.push(...node.children.toReversed());
  }
  return found;
}

function neighbour(arbour: Arbour, place: Place, by: 1 | -1): Node | undefined {
  const shown = inSight(arbour, place);
  return shown[shown.indexOf(hereIn(arbour, place)) + by];
}

/** The next or previous reply to the same message, round and round. */
function sibling(node: Node, by: 1 | -1): Node | undefined {
  const all = node.parent?.children ?? [];
  return all.length < 2 ? undefined : all.at((all.indexOf(node) + by) % all.length);
}

/** Where the next forking point at or above a message is: its siblings are what left and right lead to. */
function forked(node: Node): Node {
  let found = node;
  while (found.parent && found.parent.children.length < 2) found = found.parent;
  return found;
}

/** To another reply. Who pressed the switch beside a message (`of`) stays at that switch; a key leads to the message. */
function aside(arbour: Arbour, place: Place, { of, by }: { of?: string; by: 1 | -1 }): Place {
  const pressed = of === undefined ? undefined : arbour.nodes.get(of);
  const node = sibling(pressed ?? forked(hereIn(arbour, place)), by);
  if (!node) return place;
  return pressed ? arriving(place, node) : moved(place, node);
}

function toggled(folded: ReadonlySet<string>, id: string): Set<string> {
  const now = new Set(folded);
  if (!now.delete(id)) now.add(id);
  return now;
}

/** What a move leads to. */
export function reading(arbour: Arbour, place: Place, move: Move): Place {
  switch (move.to) {
    case "message":
      return move.id === place.current ? place : moved(place, arbour.nodes.get(move.id));
    case "next":
      return moved(place, neighbour(arbour, place, 1));
    case "previous":
      return moved(place, neighbour(arbour, place, -1));
    case "sibling":
      return aside(arbour, place, move);
    case "view":
      return { ...arriving(place, hereIn(arbour, place)), view: move.view, moves: place.moves + 1 };
    case "fold":
      return { ...place, folded: toggled(place.folded, move.id) };
    case "allFolded":
      return { ...place, folded: new Set([...arbour.nodes.values()].filter(isFork).map((node) => node.id)) };
    case "allOpen":
      return { ...place, folded: new Set() };
  }
}

function isFork(node: Node): boolean {
  return node.children.length > 1;
}
