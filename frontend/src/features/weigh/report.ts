import type { Schemas } from "@/api/client";
import { SCORES, type Score } from "@/api/screening";

/** What the page shows. Figures that can't be told are null. */

export type Kind = "pearson" | "spearman";

/** A figure with both ends of its interval. */
export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
}

export type Report = Schemas["ToxicityReport"];
export type Figures = Schemas["ToxicityGroup"];
export type Cell = Schemas["Cell"];
export type Roc = Schemas["Roc"];
export type KeptDeleted = Schemas["KeptDeleted"];
export type Spread = KeptDeleted["kept"];

/** All messages, those of one language, or those of one role. */
export type Group = Pick<Schemas["ToxicityGroupName"], "lang" | "role">;
export const ALL: Group = { lang: null, role: null };

/** The correlation that is asked for, with its interval. */
export function correlation(cell: Cell, kind: Kind): Figure {
  return kind === "pearson"
    ? { value: cell.pearson, low: cell.pearson_low, high: cell.pearson_high }
    : { value: cell.spearman, low: cell.spearman_low, high: cell.spearman_high };
}

/** The cells as rows of labels and columns of scores, in the order in which they came. */
export function rowsOf(cells: readonly Cell[]): { label: string; cells: readonly Cell[] }[] {
  const rows = new Map<string, Cell[]>();
  for (const cell of cells) rows.set(cell.label, [...(rows.get(cell.label) ?? []), cell]);
  return [...rows].map(([label, found]) => ({ label, cells: found }));
}

/** How many judgements (one label of one message) there are, by where they are from. Each row counts once. */
export function judgements(cells: readonly Cell[]): { reviews: number; imported: number } {
  const firsts = rowsOf(cells).map((row) => row.cells[0]!);
  return {
    reviews: firsts.reduce((sum, cell) => sum + cell.n_reviews, 0),
    imported: firsts.reduce((sum, cell) => sum + cell.n_imported, 0),
  };
}

/** Which messages the page is about, and how it is read: as its address says. */
export interface Choice extends Group {
  kind: Kind;
  score: Score;
}

const ROLES = ["prompter", "assistant"] as const;

export function choiceIn(query: URLSearchParams): Choice {
  return {
    lang: query.get("lang") || null,
    role: ROLES.find((role) => role === query.get("role")) ?? null,
    kind: query.get("kind") === "spearman" ? "spearman" : "pearson",
    score: SCORES.find((score) => score === query.get("score")) ?? SCORES[0],
  };
}

/** The same as an address says it: nothing of what goes without saying. */
export function addressOf({ lang, role, kind, score }: Choice): string {
  return new URLSearchParams({
    ...(lang && { lang }),
    ...(role && { role }),
    ...(kind !== "pearson" && { kind }),
    ...(score !== SCORES[0] && { score }),
  }).toString();
}

/** The group as a word for a list of choices: "", "lang=de" or "role=prompter". */
export function keyOf({ lang, role }: Group): string {
  if (lang !== null) return `lang=${lang}`;
  return role === null ? "" : `role=${role}`;
}
