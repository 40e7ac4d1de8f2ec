import type { SampleMessage } from "./types";

/** A message of a sample in its place. */
export interface Node {
  id: string;
  message: SampleMessage;
  children: Node[];
  /** Which of how many ranked replies it is, from 1. */
  ranked: { place: number; all: number } | null;
}

const LAST = Number.MAX_SAFE_INTEGER;

/** A sample as a tree, the best replies first. */
export function grown(message: SampleMessage, rivals = 0): Node {
  const replies = (message.replies ?? []).toSorted((one, other) => (one.rank ?? LAST) - (other.rank ?? LAST));
  const ranked = replies.filter(({ rank }) => rank != null).length;
  return {
    id: message.message_id,
    message,
    children: replies.map((reply) => grown(reply, ranked)),
    ranked:
      message.rank == null ? null : { place: message.rank + 1, all: Math.max(rivals, message.rank + 1) },
  };
}

export function sizeOf(node: Node): number {
  return 1 + node.children.reduce((sum, child) => sum + sizeOf(child), 0);
}

/** No more than so many messages of a tree: those nearest to the prompt, and of these the best. */
export function pruned(root: Node, most: number): Node {
  const kept = new Set<string>();
  const waiting = [root];
  for (let node = waiting.shift(); node && kept.size < most; node = waiting.shift()) {
    kept.add(node.id);
    waiting.push(...node.children);
  }
  const cut = (node: Node): Node => ({
    ...node,
    children: node.children.filter((child) => kept.has(child.id)).map(cut),
  });
  return cut(root);
}
