import type { TFunction } from "i18next";
import type { Schemas } from "@/api/client";
import type { Act, Task } from "@/api/tasks";
import { REPLIES } from "./walk";

/** What the example to review asks: few enough for a first time. */
const ASKED = ["spam", "fails_task", "quality"] as const;

const KINDS = {
  label: "label_assistant_reply",
  rank: "rank_assistant_replies",
  write: "assistant_reply",
} as const satisfies Record<Act, Task["kind"]>;

/** The examples are in the language of the pages; texts don't name a script ("zh-Hans" is "zh"). */
export function languageOf(ui: string): string {
  return ui.split("-")[0] ?? ui;
}

function turn(id: string, role: Schemas["MessageRoleEnum"], text: string, lang: string): Schemas["Turn"] {
  return { id, role, text, lang, is_mine: false, deleted: false, created_date: null };
}

/** A task like a real one, made of the words of this page. Nothing of it is known to the server. */
export function exampleOf(
  act: Act,
  labels: readonly Schemas["Label"][],
  t: TFunction<"learn">,
  ui: string,
): Task {
  const lang = languageOf(ui);
  const conversation = [turn("question", "prompter", t(`${act}.question`), lang)];
  if (act === "label") conversation.push(turn("reply", "assistant", t("label.reply"), lang));
  return {
    id: `example-${act}`,
    kind: KINDS[act],
    status: "leased",
    lang,
    tree_id: null,
    message_id: null,
    leased_at: null,
    expires_at: null,
    closed_at: null,
    result: null,
    skip_reason: null,
    conversation,
    form: act === "label" ? { mode: "simple", labels: questions(labels) } : null,
    remarks: null,
    replies: act === "rank" ? repliesOf(t) : null,
    text_limit: act === "write" ? 20_000 : null,
    draft: null,
  };
}

export function questions(labels: readonly Schemas["Label"][]): Schemas["Question"][] {
  return ASKED.flatMap((name) => labels.filter((label) => label.name === name)).map((label) => ({
    ...label,
    mandatory: label.name === "spam",
  }));
}

function repliesOf(t: TFunction<"learn">): Schemas["Reply"][] {
  return (["short", "wrong", "full"] as const).map((which) => ({
    id: REPLIES[which],
    text: t(`rank.replies.${which}`),
    synthetic: null,
  }));
}
