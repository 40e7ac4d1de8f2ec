import type { Act, Answer } from "@/api/tasks";

/** What is tried, in this order: reading before judging, judging before writing. */
export const ACTS = ["label", "rank", "write"] as const satisfies readonly Act[];

/** Where somebody is on the walk. */
export type Walk =
  { at: "start" } | { at: "doing"; act: Act } | { at: "told"; act: Act; remarks: Remark[] } | { at: "end" };

/** What there is to say about an answer. `same`: as most people would have. */
export type Remark =
  | "same"
  | "label.spam"
  | "label.fails"
  | "label.quality"
  | "label.open"
  | "rank.wrongFirst"
  | "rank.wrongAbove"
  | "rank.shortFirst"
  | "rank.notAll"
  | "write.short"
  | "write.done";

export type Step = { do: "start" } | { do: "answer"; answer: Answer } | { do: "next" } | { do: "again" };

/** The replies of the example to rank, by what is the matter with them. */
export const REPLIES = {
  full: "00000000-0000-7000-8000-0000000000a1",
  short: "00000000-0000-7000-8000-0000000000a2",
  wrong: "00000000-0000-7000-8000-0000000000a3",
} as const;

export function walk(now: Walk, step: Step): Walk {
  if (step.do === "again") return { at: "start" };
  if (step.do === "start") return { at: "doing", act: ACTS[0] };
  if (step.do === "answer") {
    return now.at === "doing" ? { at: "told", act: now.act, remarks: remarksOn(now.act, step.answer) } : now;
  }
  if (now.at !== "told") return now;
  const following = ACTS[ACTS.indexOf(now.act) + 1];
  return following ? { at: "doing", act: following } : { at: "end" };
}

export function remarksOn(act: Act, answer: Answer): Remark[] {
  if (act === "label") return onLabels(answer.labels ?? {});
  if (act === "rank") return onOrder(answer);
  return [(answer.text ?? "").trim().length < 60 ? "write.short" : "write.done"];
}

/** The example to review is friendly, fluent, and no answer at all. */
function onLabels(labels: Record<string, number | null>): Remark[] {
  const remarks: Remark[] = [];
  if (labels["spam"] === 1) remarks.push("label.spam");
  if (labels["fails_task"] === 0) remarks.push("label.fails");
  if ((labels["quality"] ?? 0) > 0.5) remarks.push("label.quality");
  if (remarks.length > 0) return remarks;
  return labels["fails_task"] == null || labels["quality"] == null ? ["label.open"] : ["same"];
}

/** Of the replies to rank one is full, one is short, and one is wrong. */
function onOrder({ order = [], unacceptable = [], not_rankable }: Answer): Remark[] {
  if (not_rankable) return ["rank.notAll"];
  const tiers = order.map((tier) => (typeof tier === "string" ? [tier] : tier));
  const placeOf = (id: string) => {
    if (unacceptable.includes(id)) return Infinity;
    const place = tiers.findIndex((tier) => tier.includes(id));
    return place < 0 ? Infinity : place;
  };
  const [full, short, wrong] = [placeOf(REPLIES.full), placeOf(REPLIES.short), placeOf(REPLIES.wrong)];
  if (wrong < Math.min(full, short)) return ["rank.wrongFirst"];
  const remarks: Remark[] = [];
  if (wrong <= full || wrong <= short) remarks.push("rank.wrongAbove");
  if (short < full) remarks.push("rank.shortFirst");
  return remarks.length > 0 ? remarks : ["same"];
}
