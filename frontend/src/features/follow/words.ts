/** A share as "12 %" in the language of the pages; under one in a hundred with more places. */
export function percent(share: number, lang: string): string {
  const digits = share > 0 && share < 0.01 ? 2 : 0;
  return new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: digits }).format(share);
}
