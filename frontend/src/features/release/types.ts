/** Hand-made until the API describes itself; see asking.ts. */
export type ReleaseState =
  | "waiting"
  | "building"
  | "checking"
  | "refused"
  | "ready"
  | "published"
  | "recalled"
  | "failed"
  | "cancelled";

export interface Example {
  message_id?: string | null;
  tree_id?: string | null;
  path?: string | null;
  words?: string;
}

export interface Check {
  code: string;
  text: string;
  passed: boolean;
  found: number;
  examples: Example[];
}

export interface ReleaseFile {
  path: string;
  form: string;
  packing: string;
  split: string;
  rows: number;
  bytes: number;
  sha256: string;
}

export interface Changes {
  previous: string;
  trees_added: number;
  trees_gone: number;
  messages_added: number;
  messages_gone: number;
  messages_changed: number;
  withdrawn: number;
}

export interface Numbers {
  trees: number;
  messages: number;
  people: number;
  by_lang: { lang: string; trees: number; messages: number }[];
  judgements: { reviews: number; ballots: number; skips: number; reactions: number };
}

export interface ReleaseHead {
  name: string;
  title: string;
  licence: string;
  state: ReleaseState;
  phase: string;
  done: number;
  total: number;
  trees: number;
  messages: number;
  people: number;
  by: { id: string; display_name: string } | null;
  at: string;
  published_at: string | null;
}

export interface Release extends ReleaseHead {
  notes: string;
  order_in_words: string[];
  numbers: Partial<Numbers>;
  files: ReleaseFile[];
  changes: Changes | null;
  checks: Check[];
  taken_at: string | null;
  error: string;
  recalled_at: string | null;
  recalled_why: string;
}

export interface Named {
  name: string;
  text: string;
}

export interface Options {
  name: string;
  forms: Named[];
  packings: Named[];
  labels: Named[];
  langs: { lang: string; trees: number }[];
  states: { state: string; trees: number }[];
  licences: Named[];
}

export interface Preview {
  trees: number;
  messages: number;
  people: number;
  by_lang: { lang: string; trees: number; messages: number }[];
  left_out: { reason: string; text: string; trees: number; messages: number }[];
}

export interface Page<T> {
  results: T[];
  next_cursor: string | null;
}
