/** The languages that the model behind the machine's scores can read. Others are never scored. */
const SCORED = new Set(["en", "fr", "es", "it", "pt", "tr", "ru"]);

export function isScored(lang: string): boolean {
  return SCORED.has(lang.split("-")[0] ?? "");
}

/** A share as "12 %" in the language of the pages; under one in a hundred with more places. */
export function percent(share: number, lang: string): string {
  const digits = share > 0 && share < 0.01 ? 2 : 0;
  return new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: digits }).format(share);
}
