import type { Share } from "./types";

/** From fewer pieces nothing is concluded. */
export const FEW = 5;

/** Whether there are enough to say anything. */
export function enough({ n, rate, low, high }: Share): boolean {
  return n >= FEW && rate !== null && low !== null && high !== null;
}

export function percent(share: number, lang: string): string {
  return new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** How long something took, in its largest whole unit but for minutes: "45 seconds", "1.5 minutes", "3 hours". */
export function lasting(seconds: number, lang: string): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? (["second", 1] as const);
  const value = seconds / length;
  return new Intl.NumberFormat(lang, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: value < 10 && unit !== "second" ? 1 : 0,
  }).format(value);
}

/** The upper end of a scale for counts: a round number, never less than the highest. */
export function ceiling(highest: number): number {
  if (highest <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= highest)!;
}

/** Where on a line of this length a share lies. What is beyond its ends lies at them. */
export function placeOf(share: number, length: number): number {
  return Math.min(1, Math.max(0, share)) * length;
}
