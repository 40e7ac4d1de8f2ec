import type { BatchVerb } from "../types";

/** Which messages are meant: all that is said must be so. It stands in the address. */
export const EVERYTHING = {
  text: "",
  regex: "",
  /** "true" where capitals matter to the regular expression. */
  match_case: "",
  /** A message: meant is what is near-identical to it. */
  like: "",
  person: "",
  lang: "",
  role: "",
  state: "",
  since: "",
  until: "",
  review_result: "",
  deleted: "",
};
export type Selection = typeof EVERYTHING;

export const RESULTS = ["true", "false", "null"] as const;
export const ROLES = ["prompter", "assistant"] as const;
export const STATES = [
  "initial_prompt_review",
  "prompt_lottery_waiting",
  "growing",
  "ranking",
  "backlog_ranking",
  "ready_for_scoring",
  "scoring_failed",
  "ready_for_export",
  "aborted_low_grade",
  "halted_by_moderator",
] as const;

/** These narrow nothing by themselves. */
const PLAIN = ["match_case", "deleted"];

/** Whether it would choose all that there is: nobody is asked to decide about that. */
export function asksNothing(selection: Selection): boolean {
  return Object.entries(selection).every(([name, value]) => value === "" || PLAIN.includes(name));
}

const DAY = 86_400_000;

/** The beginning of a day as it is here; `after` as many days. */
function instant(day: string, after: number): string | undefined {
  const at = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? undefined : new Date(at + after * DAY).toISOString();
}

function oneOf<T extends string>(value: string, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}

/** What is said, without what is not. */
function given<T extends object>(said: T): Partial<T> {
  const pairs = Object.entries(said).filter(([, value]) => value !== "" && value !== undefined);
  return Object.fromEntries(pairs) as Partial<T>;
}

/** A selection as the API is asked; the last day named is one of those that are meant. */
export function asAsked({
  since,
  until,
  match_case,
  deleted,
  role,
  state,
  review_result,
  ...plain
}: Selection) {
  return given({
    ...plain,
    role: oneOf(role, ROLES),
    state: oneOf(state, STATES),
    review_result: oneOf(review_result, RESULTS),
    since: instant(since, 0),
    until: instant(until, 1),
    match_case: match_case && plain.regex ? true : undefined,
    deleted: deleted ? deleted === "true" : undefined,
  });
}

/** What a form says, over what there was. What the form does not ask stays. */
export function fromForm(form: FormData, before: Selection): Selection {
  const asked = Object.keys(EVERYTHING).map((name) => {
    const value = form.get(name);
    const box = name === "match_case";
    return [
      name,
      box
        ? value
          ? "true"
          : ""
        : typeof value === "string"
          ? value.trim()
          : before[name as keyof Selection],
    ];
  });
  return Object.fromEntries(asked) as Selection;
}

/** What can be decided about many messages at once. */
export const VERBS = [
  "delete",
  "spam",
  "dismiss",
  "restore",
  "halt",
  "resume",
  "move",
] as const satisfies readonly BatchVerb[];

/** Messages picked by hand, of those that are found. */
export type Picks = ReadonlySet<string>;

export function toggled(picks: Picks, id: string): Picks {
  const next = new Set(picks);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** What is decided about: those picked by hand, or all that is found where none is. */
export function meant(selection: Selection, picks: Picks) {
  return { match_case: false, ...(picks.size > 0 ? { ids: [...picks] } : asAsked(selection)) };
}
