/** What the page shows. Figures that can't be told are null. */

export const SCORES = [
  "toxicity",
  "severe_toxicity",
  "obscene",
  "identity_attack",
  "insult",
  "threat",
  "sexual_explicit",
] as const;
export type Score = (typeof SCORES)[number];

export type Kind = "pearson" | "spearman";

/** A figure with both ends of its interval. */
export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface Cell {
  label: string;
  score: string;
  n: number;
  n_reviews: number;
  n_imported: number;
  pearson: number | null;
  pearson_low: number | null;
  pearson_high: number | null;
  spearman: number | null;
  spearman_low: number | null;
  spearman_high: number | null;
  too_few: boolean;
}

export interface Roc {
  label: string;
  score: string;
  n: number;
  positives: number;
  negatives: number;
  auc: number | null;
  auc_low: number | null;
  auc_high: number | null;
  points: readonly (readonly number[])[];
  too_few: boolean;
}

export interface Spread {
  n: number;
  mean: number | null;
  low: number | null;
  high: number | null;
  median: number | null;
  p95: number | null;
}

export interface KeptDeleted {
  score: string;
  kept: Spread;
  deleted: Spread;
  difference: number | null;
  difference_low: number | null;
  difference_high: number | null;
  auc: number | null;
  auc_low: number | null;
  auc_high: number | null;
  too_few: boolean;
}

export interface Group {
  lang: string | null;
  role: string | null;
  n: number;
}

export interface Figures {
  lang: string | null;
  role: string | null;
  n_scored: number;
  cells: readonly Cell[];
  roc: readonly Roc[];
  kept_deleted: readonly KeptDeleted[];
}

export interface Report {
  made_at: string | null;
  seconds: number | null;
  /** Fewer messages than this are too few to say anything. */
  too_few: number;
  resamples: number;
  confidence: number;
  models: readonly { name: string; checksum: string; imported: boolean; n: number }[];
  groups: readonly Group[];
  unsupported: readonly { lang: string; messages: number }[];
  group: Figures | null;
}

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
export interface Choice {
  lang: string | null;
  role: string | null;
  kind: Kind;
  score: Score;
}

const ROLES = ["prompter", "assistant"];

export function choiceIn(query: URLSearchParams): Choice {
  const role = query.get("role");
  return {
    lang: query.get("lang") || null,
    role: role !== null && ROLES.includes(role) ? role : null,
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
export function keyOf({ lang, role }: Pick<Group, "lang" | "role">): string {
  if (lang !== null) return `lang=${lang}`;
  return role === null ? "" : `role=${role}`;
}
