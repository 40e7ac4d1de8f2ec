import type { Kind } from "@/api/tasks";

/** How a text is counted, by everybody: by characters as Unicode has them, as the server does. */
export function lengthOf(text: string): number {
  // Characters beyond the first 65,536 are written as pairs.
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

/** Under so many characters a text is called short: a hint, never a refusal. */
const SHORT: Partial<Record<Kind, number>> = {
  initial_prompt: 20,
  prompter_reply: 12,
  assistant_reply: 60,
};
// One character of these says about as much as three letters.
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export function isShort(text: string, kind: Kind): boolean {
  const least = SHORT[kind] ?? 0;
  return lengthOf(text.trim()) < (DENSE.test(text) ? least / 3 : least);
}

/** Whether a text only repeats one of these. */
export function repeats(text: string, others: readonly string[]): boolean {
  const own = plain(text);
  return own !== "" && others.some((other) => plain(other) === own);
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}
