const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "3.4 MB", in the language of the pages: decimal units, as disks and downloads are measured. */
export function sizeOf(bytes: number, lang: string): string {
  let power = 0;
  let amount = bytes;
  // What would be written as 1,000 of a unit is 1 of the next.
  while (power < UNITS.length - 1 && Number(amount.toPrecision(3)) >= 1000) {
    amount /= 1000;
    power += 1;
  }
  return new Intl.NumberFormat(lang, {
    style: "unit",
    unit: UNITS[power]!,
    unitDisplay: power === 0 ? "long" : "short",
    maximumSignificantDigits: 3,
  }).format(amount);
}
