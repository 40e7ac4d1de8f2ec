import type { Schemas } from "@/api/client";

export type Message = Schemas["Message"];

/** A message in its place. */
export interface Node {
  id: string;
  message: Message;
  parent: Node | null;
  children: Node[];
  /** Messages below it. */
  below: number;
}

/** All messages of a tree, the way they hang together. */
export interface Arbour {
  root: Node;
  nodes: ReadonlyMap<string, Node>;
}

/** From messages, parents before their replies and replies in order, as the API lists them. Null without a prompt. */
export function grown(messages: readonly Message[]): Arbour | null {
  const nodes = new Map<string, Node>();
  let root: Node | null = null;
  for (const message of messages) {
    const parent = message.parent_id === null ? null : (nodes.get(message.parent_id) ?? null);
    const node: Node = { id: message.id, message, parent, children: [], below: 0 };
    nodes.set(node.id, node);
    if (parent) parent.children.push(node);
    else root ??= node;
  }
  for (const node of [...nodes.values()].toReversed()) {
    if (node.parent) node.parent.below += node.below + 1;
  }
  return root && { root, nodes };
}

/** The messages above, the prompt first. */
export function above(node: Node): Node[] {
  const found: Node[] = [];
  for (let up = node.parent; up; up = up.parent) found.unshift(up);
  return found;
}

/** Which reply was followed last, by the message it replies to. */
export type Picks = Readonly<Record<string, string>>;

/** One thread: down to a message, and on to an end along what was picked before, else the first reply. */
export function threadThrough(node: Node, picks: Picks): Node[] {
  const thread = [...above(node), node];
  for (let last = node; last.children.length > 0;) {
    last = last.children.find((child) => child.id === picks[last.id]) ?? last.children[0]!;
    thread.push(last);
  }
  return thread;
}

export interface Among {
  /** From 1. */
  place: number;
  all: number;
}

/** Which of the replies to the same message it is. */
export function among(node: Node): Among {
  const siblings = node.parent?.children ?? [node];
  return { place: siblings.indexOf(node) + 1, all: siblings.length };
}

/** Its rank and how many were ranked with it; null where it was not. */
export function ranked(node: Node): Among | null {
  const { rank } = node.message;
  if (rank === null) return null;
  const rivals = (node.parent?.children ?? []).filter(
    (one) => one.message.rank !== null && !one.message.deleted,
  );
  return { place: rank + 1, all: Math.max(rivals.length, rank + 1) };
}
