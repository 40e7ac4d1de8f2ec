import type { Schemas } from "@/api/client";
import type { DraftContent } from "@/components/task/types";

export type Question = Schemas["Question"];

/** What stands on one line of the card: one question with a few answers, or all flags together. */
export type Step =
  | { kind: "choice"; question: Question; values: readonly number[] }
  | { kind: "flags"; questions: readonly Question[] };

/** The answers so far. Who can't tell leaves the label out, and is remembered as having looked. */
export interface Judgement {
  labels: Record<string, number>;
  unsure: string[];
}

const YES_NO = [1, 0];
const SCALE = [0, 0.25, 0.5, 0.75, 1];

/**
 * The card, line by line: what must be answered first, flags together where the first of them stands. A flag that is
 * alone is a question like any other: as a lone switch, "no" and "not looked at" would be the same.
 */
export function stepsOf(questions: readonly Question[]): Step[] {
  const flags = questions.filter((one) => one.widget === "flag");
  const steps: Step[] = [];
  for (const question of [...questions].sort((a, b) => Number(b.mandatory) - Number(a.mandatory))) {
    if (question.widget === "likert") steps.push({ kind: "choice", question, values: SCALE });
    else if (question.widget === "yes_no" || flags.length === 1)
      steps.push({ kind: "choice", question, values: YES_NO });
    else if (question === flags[0]) steps.push({ kind: "flags", questions: flags });
  }
  return steps;
}

export function questionsOf(step: Step): readonly Question[] {
  return step.kind === "flags" ? step.questions : [step.question];
}

export function keyOf(step: Step): string {
  return step.kind === "flags" ? "flags" : step.question.name;
}

export function begun(content: DraftContent): Judgement {
  return { labels: content.labels ?? {}, unsure: content.unsure ?? [] };
}

export type Act =
  | { act: "answer"; name: string; value: number }
  | { act: "unsure"; name: string }
  | { act: "flag"; name: string; among: readonly string[] }
  | { act: "nothingElse"; among: readonly string[] }
  | { act: "clear"; names: readonly string[] };

function without(judgement: Judgement, names: readonly string[]): Judgement {
  return {
    labels: Object.fromEntries(Object.entries(judgement.labels).filter(([name]) => !names.includes(name))),
    unsure: judgement.unsure.filter((name) => !names.includes(name)),
  };
}

/** Whether every flag has an answer: set, or denied by "nothing of this". */
export function allLookedAt(judgement: Judgement, names: readonly string[]): boolean {
  return names.every((name) => name in judgement.labels);
}

export function judge(judgement: Judgement, step: Act): Judgement {
  switch (step.act) {
    case "answer": {
      const rest = without(judgement, [step.name]);
      return { ...rest, labels: { ...rest.labels, [step.name]: step.value } };
    }
    case "unsure": {
      const rest = without(judgement, [step.name]);
      return judgement.unsure.includes(step.name) ? rest : { ...rest, unsure: [...rest.unsure, step.name] };
    }
    case "flag":
      return flagged(judgement, step.name, step.among);
    case "nothingElse":
      return nothingElse(judgement, step.among);
    case "clear":
      return without(judgement, step.names);
  }
}

/**
 * A flag that is set says 1. Taking it back makes it a "no" only for somebody who has said "nothing else" (so every
 * flag has an answer); for anybody else it is a slip of the finger, and the question is open again.
 */
function flagged(judgement: Judgement, name: string, among: readonly string[]): Judgement {
  const { labels } = judgement;
  if (labels[name] !== 1) return { ...judgement, labels: { ...labels, [name]: 1 } };
  if (allLookedAt(judgement, among)) return { ...judgement, labels: { ...labels, [name]: 0 } };
  return without(judgement, [name]);
}

/**
 * "Nothing of this" is an answer: each flag not set becomes an explicit 0, so that "looked, not there" and "not looked"
 * stay two things in the data. Pressed again it takes the zeros back and leaves what was set.
 */
function nothingElse(judgement: Judgement, among: readonly string[]): Judgement {
  if (allLookedAt(judgement, among)) {
    const denied = among.filter((name) => judgement.labels[name] === 0);
    if (denied.length > 0) return without(judgement, denied);
  }
  const denied = Object.fromEntries(among.map((name) => [name, judgement.labels[name] ?? 0]));
  return { ...judgement, labels: { ...judgement.labels, ...denied } };
}

/** Whether anything was said to a line of the card, "can't tell" included. */
export function isAnswered(judgement: Judgement, step: Step): boolean {
  return questionsOf(step).some(({ name }) => name in judgement.labels || judgement.unsure.includes(name));
}

/** The first line that must be answered and is not; -1 when there is none. */
export function firstMissing(judgement: Judgement, steps: readonly Step[]): number {
  return steps.findIndex((step) =>
    questionsOf(step).some(({ mandatory, name }) => mandatory && !(name in judgement.labels)),
  );
}

/** What is handed in: only what this form asks for, only what was answered. */
export function answersOf(judgement: Judgement, steps: readonly Step[]): Record<string, number> {
  const asked = new Set<string>(steps.flatMap(questionsOf).map(({ name }) => name));
  return Object.fromEntries(Object.entries(judgement.labels).filter(([name]) => asked.has(name)));
}
