import { OF_MESSAGES, OF_NOTHING, OF_PEOPLE, type Reason } from "@/components/decision/reasons";
import { sorted } from "../gauge";
import type { Case, Verb } from "./types";

/** One key for each decision, whatever the case is about. */
export const KEYS: Readonly<Record<Verb, string>> = {
  dismiss: "l",
  clear: "l",
  uphold: "l",
  delete: "d",
  grant: "g",
  spam: "s",
  restore: "r",
  edit: "e",
  halt: "h",
  resume: "h",
  move: "m",
  warn: "w",
  mute: "t",
  ban: "b",
  watch: "c",
  confirm_purge: "x",
  call_off_purge: "k",
};

/** In this order they are offered; the first is the one next step. */
const ORDER = Object.keys(KEYS) as Verb[];

const ABOUT_PEOPLE: ReadonlySet<Verb> = new Set(["warn", "mute", "ban", "watch"]);

/** The decisions that are allowed here, in the order in which they are offered. */
export function offered(verbs: readonly Verb[]): Verb[] {
  return ORDER.filter((one) => verbs.includes(one));
}

/** The same in two groups: about what the case is about, and about the person behind it. */
export function grouped({ subject, verbs }: Pick<Case, "subject" | "verbs">): [Verb[], Verb[]] {
  const all = offered(verbs);
  if (subject === "person") return [all, []];
  return [all.filter((one) => !ABOUT_PEOPLE.has(one)), all.filter((one) => ABOUT_PEOPLE.has(one))];
}

/** What can't be taken back lightly, or hurts: shown in the colour of refusals. */
export const GRAVE: ReadonlySet<Verb> = new Set(["delete", "spam", "ban", "confirm_purge"]);

/** For which reasons something can be decided. None: only words are asked for. */
export const REASONS: Readonly<Record<Verb, readonly Reason[]>> = {
  dismiss: OF_NOTHING,
  clear: OF_NOTHING,
  restore: OF_NOTHING,
  resume: OF_NOTHING,
  grant: [],
  uphold: [],
  delete: OF_MESSAGES,
  halt: OF_MESSAGES,
  spam: ["spam", "machine_written", "duplicate", "low_quality", "other"],
  edit: ["personal_data", "low_quality", "wrong_language", "mistake", "other"],
  move: ["wrong_language", "mistake", "other"],
  warn: OF_PEOPLE,
  mute: OF_PEOPLE,
  ban: OF_PEOPLE,
  watch: OF_PEOPLE,
  // The reason is that of whoever asked for it.
  confirm_purge: [],
  call_off_purge: [],
};

const SUGGESTED: Readonly<Record<string, Reason>> = {
  sexual_content: "sexual",
  violence: "violence",
  hate_speech: "hate",
  spam: "spam",
  pii: "personal_data",
  lang_mismatch: "wrong_language",
  toxicity: "harassment",
  insult: "harassment",
  threat: "violence",
  identity_attack: "hate",
  sexual_explicit: "sexual",
};

/** What people said in their reviews, the worst label first, from a half on. */
function saidOf({ message }: Case): string[] {
  return Object.entries(message?.labels ?? {})
    .filter(([name, { value }]) => name in SUGGESTED && value >= 0.5)
    .sort(([, one], [, other]) => other.value - one.value)
    .map(([name]) => name);
}

/** What the machine finds worst, where that is why the case is here. */
function scoredOf({ causes, message }: Case): string[] {
  if (!message?.detoxify || !causes.some(({ code }) => code === "toxic")) return [];
  return sorted(message.detoxify).map(([name]) => name);
}

/** The reason that is chosen at the beginning: what people reported or said most, if it is among those on offer. */
export function likely(verb: Verb, one: Case): Reason | undefined {
  const reported = mostOf((one.message?.reports ?? []).map(({ reason }) => reason));
  const personal = one.causes.some(({ code }) => code === "personal_data") ? ["personal_data"] : [];
  const careless = one.causes.some(({ code }) => code === "suspicious") ? ["low_quality"] : [];
  const said = [...saidOf(one), ...scoredOf(one)].map((name) => SUGGESTED[name]);
  return [...reported, ...personal, ...careless, ...said].find(
    (reason): reason is Reason => reason !== "other" && REASONS[verb].some((allowed) => allowed === reason),
  );
}

/** What there are most of comes first. */
function mostOf(words: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].sort(([, one], [, other]) => other - one).map(([word]) => word);
}
