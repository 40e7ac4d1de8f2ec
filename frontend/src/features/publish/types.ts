/** What the API tells of data sets. */

/** A data set in the list of all. */
export interface Listed {
  name: string;
  title: string;
  published_at: string;
  licence: string;
  trees: number;
  messages: number;
  people: number;
  langs: string[];
  bytes: number;
  recalled: boolean;
}

export interface Numbers {
  trees: number;
  messages: number;
  people: number;
  by_lang: { lang: string; trees: number; messages: number }[];
  by_role: Record<string, number>;
  by_state: Record<string, number>;
  judgements: { reviews: number; ballots: number; skips: number; reactions: number };
  splits: { split: string; trees: number; messages: number }[];
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

/** A message of a sample, as the published file of trees has it. */
export interface SampleMessage {
  message_id: string;
  text: string | null;
  role: "prompter" | "assistant";
  lang: string;
  rank?: number | null;
  review_count?: number | null;
  replies?: SampleMessage[];
}

export interface Sample {
  message_tree_id: string;
  prompt: SampleMessage;
}

/** All of one data set. */
export interface DataSet extends Listed {
  notes: string;
  taken_at: string;
  card: string;
  order_in_words: string[];
  numbers: Numbers;
  files: ReleaseFile[];
  changes: Changes | null;
  samples: Sample[];
  withdrawn: number;
  previous: string | null;
  next: string | null;
  recalled_at: string | null;
  recalled_why: string;
}

/** A message of a data set that was taken back after it was published. */
export interface Gone {
  message_id: string;
  reason: string;
  at: string;
}
