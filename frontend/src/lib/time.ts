const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "3 minutes ago" or "in 2 hours", in the language of the pages; "now" under a minute. */
export function relative(when: string | Date, lang: string, now: Date = new Date()): string {
  const seconds = (new Date(when).getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, "second");
}

/** A date and time in full, for titles and tooltips. */
export function absolute(when: string | Date, lang: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" }).format(new Date(when));
}

/** A date without the time. */
export function absoluteDay(when: string | Date, lang: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(new Date(when));
}
