/** Hours as people say them: minutes below two hours, days from two days on. "–" where there is nothing to tell. */
export function span(hours: number | null, lang: string): string {
  if (hours === null) return "–";
  const [value, unit] =
    hours < 2 ? [hours * 60, "minute"] : hours < 48 ? [hours, "hour"] : [hours / 24, "day"];
  const format = new Intl.NumberFormat(lang, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: value < 10 && unit !== "minute" ? 1 : 0,
  });
  return format.format(value);
}

/** How a value of a policy is written: figures as the language does, yes or no in words. */
export function written(value: unknown, lang: string, yes: string, no: string): string {
  if (typeof value === "boolean") return value ? yes : no;
  if (typeof value === "number")
    return new Intl.NumberFormat(lang, { maximumFractionDigits: 4 }).format(value);
  return value === null || value === undefined ? "–" : String(value);
}
