/** For how long something is decided: some days, for good, or up to a day that is named. */
export type Length = number | "good" | "day";

export const DAYS = [1, 3, 7, 30, 90] as const;

const DAY = 86_400_000;

/** The end of what begins now: null for good, undefined while no day is named. */
export function endOf(length: Length, day: string, now: number): string | null | undefined {
  if (length === "good") return null;
  if (length !== "day") return new Date(now + length * DAY).toISOString();
  const end = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(end) || end <= now ? undefined : new Date(end).toISOString();
}

/** A day as a date field names it. */
export function dayOf(at: number): string {
  const here = new Date(at);
  return [here.getFullYear(), here.getMonth() + 1, here.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}
