import type { DataSet, ReleaseFile, SampleMessage } from "./types";

export function file(path: string, form = path.split("/")[0]!, more: Partial<ReleaseFile> = {}): ReleaseFile {
  return { path, form, packing: "jsonl", split: "", rows: 10, bytes: 1000, sha256: "ab".repeat(32), ...more };
}

export function sample(id: string, replies: SampleMessage[] = [], rank: number | null = null): SampleMessage {
  return { message_id: id, text: `text of ${id}`, role: "prompter", lang: "en", rank, replies };
}

/** A data set with a little of everything. */
export function dataSet(more: Partial<DataSet> = {}): DataSet {
  return {
    name: "oa-2026-11",
    title: "November 2026",
    notes: "",
    published_at: "2026-11-22T12:00:00Z",
    taken_at: "2026-11-20T12:00:00Z",
    licence: "CC-BY-4.0",
    trees: 3,
    messages: 40,
    people: 7,
    langs: ["en", "de"],
    bytes: 123_456,
    recalled: false,
    card: "# The card\n\nIt says *much*.",
    order_in_words: ["State: complete", "Reviewed: accepted"],
    numbers: {
      trees: 3,
      messages: 40,
      people: 7,
      by_lang: [
        { lang: "de", trees: 1, messages: 10 },
        { lang: "en", trees: 2, messages: 30 },
      ],
      by_role: [
        { role: "prompter", messages: 15 },
        { role: "assistant", messages: 25 },
      ],
      by_state: [{ state: "ready_for_export", trees: 3 }],
      judgements: { reviews: 120, ballots: 9, skips: 4, reactions: 6 },
      splits: [
        { split: "train", trees: 2, messages: 30 },
        { split: "validation", trees: 1, messages: 10 },
      ],
    },
    files: [
      file("sft/train.parquet", "sft", { packing: "parquet", split: "train" }),
      file("README.md", "", { packing: "", rows: 0 }),
    ],
    changes: null,
    samples: [{ message_tree_id: "p", prompt: sample("p", [sample("a", [], 0), sample("b", [], 1)]) }],
    withdrawn: 0,
    previous: null,
    next: null,
    recalled_at: null,
    recalled_why: "",
    ...more,
  };
}
