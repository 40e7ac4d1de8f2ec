import type { Remark, Span } from "@/api/checks";
import type { Problem } from "@/api/problems";

/** Below so many characters there is nothing to be said of a text. */
export const ENOUGH = 20;

/** The pieces of a text that spans point at, each once. Spans count characters as Unicode has them. */
export function piecesOf(text: string, spans: readonly Span[]): string[] {
  const characters = [...text];
  const pieces = spans.map(({ start, end }) => characters.slice(start, end).join("").trim());
  return [...new Set(pieces.filter(Boolean))];
}

/** A remark as it is shown: with the pieces it is about, in case the text has changed since. */
export interface Shown extends Remark {
  pieces: string[];
}

export function shown(remark: Remark, text: string): Shown {
  return { ...remark, pieces: piecesOf(text, remark.spans) };
}

/** What still holds of earlier remarks while somebody goes on writing: data that is gone is not spoken of any more. */
export function stillHolding(remarks: readonly Shown[], now: string): Shown[] {
  if (now.trim().length < ENOUGH) return [];
  return remarks.filter(({ pieces }) => pieces.length === 0 || pieces.some((piece) => now.includes(piece)));
}

export const blocks = (remark: Remark) => remark.level === "block";

/** What the server says when it refuses a text for what stands in it, with the pieces it means. */
export function refusedPieces(problem: Problem | undefined, text: string): string[] {
  if (problem?.code !== "personal_data_blocked") return [];
  const spans = problem.more["spans"];
  return Array.isArray(spans) ? piecesOf(text, spans.filter(isSpan)) : [];
}

function isSpan(it: unknown): it is Span {
  return typeof it === "object" && it !== null && "start" in it && "end" in it;
}
