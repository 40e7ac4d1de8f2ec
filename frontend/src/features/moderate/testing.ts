import type { Schemas } from "@/api/client";
import type { Triaged } from "./place";

const SCORES: Schemas["Detoxify"] = {
  toxicity: 0.8,
  severe_toxicity: 0.1,
  obscene: 0.1,
  identity_attack: 0.1,
  insult: 0.1,
  threat: 0.1,
  sexual_explicit: 0.1,
};

/** A message on the list, for tests. */
export function triaged(id: string, scores: Partial<Schemas["Detoxify"]> = {}): Triaged {
  return {
    message: {
      id,
      tree_id: "t",
      parent_id: null,
      role: "prompter",
      lang: "en",
      text: `Text ${id}`,
      version: 1,
      author: null,
      created_date: null,
      deleted: false,
      review_result: null,
      review_count: 0,
      archived: false,
    },
    scores: { ...SCORES, ...scores },
    peak: 0.8,
    peak_score: "toxicity",
    people: null,
    withheld: false,
    looked: null,
    reports: 0,
  };
}
