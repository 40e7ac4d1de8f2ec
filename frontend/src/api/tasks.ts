import type { Schemas } from "./client";

export type Task = Schemas["Task"];
export type Kind = Schemas["TaskKindEnum"];
export type Answer = Schemas["AnswerRequest"];
export type Wish = Schemas["WishRequest"];
export type Waiting = Schemas["Waiting"];
export type Following = Schemas["Following"];
export type SkipReason = Schemas["SkipReasonEnum"];

export const WRITING = [
  "initial_prompt",
  "prompter_reply",
  "assistant_reply",
] as const satisfies readonly Kind[];
export const LABELLING = [
  "label_initial_prompt",
  "label_prompter_reply",
  "label_assistant_reply",
] as const satisfies readonly Kind[];
export const RANKING = ["rank_assistant_replies", "rank_prompter_replies"] as const satisfies readonly Kind[];
export const KINDS = [...WRITING, ...LABELLING, ...RANKING] as const;

export type Act = "write" | "label" | "rank";

/** Which of the three screens a kind of task is done on. */
export function actOf(kind: Kind): Act {
  if ((WRITING as readonly string[]).includes(kind)) return "write";
  return (RANKING as readonly string[]).includes(kind) ? "rank" : "label";
}
