import { sorted } from "../gauge";
import type { Case, Cause } from "./types";

/** What stands behind a cause, as words with numbers: the key of the words, and what is filled in. */
export interface Detail {
  key: string;
  /** Decides between the forms of a word. */
  count?: number;
  /** Shares, to be written as per cents. */
  shares?: Record<string, number>;
  score?: string;
  label?: string;
}

type Message = NonNullable<Case["message"]>;

// What reviewers say against a text, as the API's triage knows it.
const AGAINST = ["toxicity", "hate_speech", "not_appropriate", "sexual_content", "violence"] as const;

export function worstSaid(message: Message): { label: string; value: number; count: number } | null {
  const said = AGAINST.flatMap((label) => {
    const mean = message.labels?.[label];
    return mean ? [{ label, value: mean.value, count: mean.count }] : [];
  });
  return said.sort((one, other) => other.value - one.value)[0] ?? null;
}

function verdicts(message: Message): Detail {
  const spam = message.labels?.["spam"]?.value ?? 0;
  const mismatch = message.labels?.["lang_mismatch"]?.value ?? 0;
  return { key: "reviews", count: message.review_count, shares: { spam, mismatch } };
}

const ABOUT: Readonly<Record<string, (message: Message, one: Case) => Detail | null>> = {
  personal_data: ({ opinion }) => counted("personal_data", opinion?.personal_data.length),
  toxic: ({ detoxify }) => {
    const highest = detoxify && sorted(detoxify)[0];
    return highest ? { key: "toxic", score: highest[0], shares: { share: highest[1] } } : null;
  },
  people_high: (message) => {
    const worst = worstSaid(message);
    return (
      worst && { key: "people_high", label: worst.label, count: worst.count, shares: { share: worst.value } }
    );
  },
  split: verdicts,
  rejected_answered: (_, { replies }) => counted("replies", replies),
};

// The levels of these are counts of people; those of the others are versions of a text.
const COUNTED: ReadonlySet<string> = new Set(["report", "red_flags", "skips"]);

function counted(key: string, count: number | undefined): Detail | null {
  return count ? { key, count } : null;
}

/** How many people are behind a cause; null where a cause counts nobody. */
export function peopleBehind({ code, level }: Cause): number | null {
  return COUNTED.has(code) ? level : null;
}

/** The numbers behind a cause; null where there is nothing to add. */
export function detailOf(cause: Cause, one: Case): Detail | null {
  const people = peopleBehind(cause);
  if (people !== null) return counted(cause.code, people);
  return one.message ? (ABOUT[cause.code]?.(one.message, one) ?? null) : null;
}
