import { SCORES } from "@/api/screening";
import type { Cell } from "./report";

/** A field for tests: 100 messages, every figure told. */
export function cell(label: string, score: string, value: number, more: Partial<Cell> = {}): Cell {
  return {
    label,
    score,
    n: 100,
    n_reviews: 60,
    n_imported: 40,
    pearson: value,
    pearson_low: value - 0.1,
    pearson_high: value + 0.1,
    spearman: value / 2,
    spearman_low: value / 2 - 0.1,
    spearman_high: value / 2 + 0.1,
    too_few: false,
    ...more,
  };
}

const UNTOLD = {
  pearson: null, pearson_low: null, pearson_high: null, spearman: null, spearman_low: null, spearman_high: null,
}; // prettier-ignore

/** The same where there are too few messages. */
export function few(label: string, score: string, n: number): Cell {
  return cell(label, score, 0, { ...UNTOLD, n, n_reviews: n, n_imported: 0, too_few: true });
}

/** The same where all values are the same. */
export function flat(label: string, score: string): Cell {
  return cell(label, score, 0, UNTOLD);
}

/** A row: the first score has this value, and each after it a tenth less. */
export function row(label: string, value: number): Cell[] {
  return SCORES.map((score, place) => cell(label, score, value - place / 10));
}
