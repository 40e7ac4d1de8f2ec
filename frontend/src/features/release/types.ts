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
  doing: string;
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
  numbers: Numbers | null;
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
  words: string;
}

export interface Options {
  suggested_name: string;
  usual_licence: string;
  usual: { forms: string[]; packings: string[]; validation_share: number; test_share: number };
  origins: string[];
  embargo_days: number;
  forms: Named[];
  packings: Named[];
  labels: Named[];
  langs: { lang: string; trees: number }[];
  states: Named[];
  licences: Named[];
}

export interface Preview {
  trees: number;
  messages: number;
  people: number;
  by_lang: { lang: string; trees: number; messages: number }[];
  left_out: { reason: string; words: string; trees: number; messages: number }[];
  whole: boolean;
}

export interface Page<T> {
  results: T[];
  next_cursor: string | null;
}
