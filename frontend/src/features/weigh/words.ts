import type { Figure } from "./report";

// A hyphen is passed over by many voices; a minus is read.
const MINUS = /-/g;

/** A correlation or an area: two digits. */
export function twoDigits(value: number, lang: string): string {
  // Rounded first, so that there is no "−0.00".
  const rounded = Math.round(value * 100) / 100 || 0;
  const format = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return format.format(rounded).replace(MINUS, "−");
}

/** A mean score, which may be very small: two significant digits. */
export function twoFigures(value: number, lang: string): string {
  const format = new Intl.NumberFormat(lang, { maximumSignificantDigits: 2, minimumSignificantDigits: 2 });
  return format.format(value).replace(MINUS, "−");
}

export function whole(value: number, lang: string): string {
  return new Intl.NumberFormat(lang).format(value);
}

/** The placeholders of a sentence about a figure; null when it can't be told. */
export function told(
  { value, low, high }: Figure,
  lang: string,
  write: (value: number, lang: string) => string = twoDigits,
): { value: string; low: string; high: string } | { value: string } | null {
  if (value === null) return null;
  if (low === null || high === null) return { value: write(value, lang) };
  return { value: write(value, lang), low: write(low, lang), high: write(high, lang) };
}
