import type { Message } from "./model";

/** A message for tests. Its id is that of the message it replies to, and one letter more. */
export function message(id: string, rank: number | null = null): Message {
  return {
    id,
    tree_id: "p",
    parent_id: id.length > 1 ? id.slice(0, -1) : null,
    role: id.length % 2 ? "prompter" : "assistant",
    depth: id.length - 1,
    lang: "en",
    text: id,
    version: 1,
    edited: false,
    deleted: false,
    created_date: null,
    review_count: 3,
    review_result: true,
    labels: null,
    rank,
    synthetic: null,
    model_name: null,
    emojis: null,
    is_mine: false,
    author: null,
    detoxify_source: null,
    withheld: false,
    opinion: null,
    detoxify: null,
  };
}
