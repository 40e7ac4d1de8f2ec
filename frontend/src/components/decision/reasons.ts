/** Why something is decided: the codes of the API. Its words are in `common:decision.reasons`. */
export const REASONS = [
  "spam",
  "hate",
  "harassment",
  "personal_data",
  "sexual",
  "violence",
  "illegal",
  "wrong_language",
  "duplicate",
  "machine_written",
  "low_quality",
  "careless",
  "evasion",
  "harmless",
  "mistake",
  "other",
] as const;
export type Reason = (typeof REASONS)[number];

/** Why a message goes, the usual first. */
export const OF_MESSAGES = [
  "spam",
  "hate",
  "harassment",
  "personal_data",
  "sexual",
  "violence",
  "illegal",
  "duplicate",
  "low_quality",
  "machine_written",
  "wrong_language",
  "other",
] as const satisfies readonly Reason[];

/** Why something is decided about a person. */
export const OF_PEOPLE = [
  "spam",
  "hate",
  "harassment",
  "careless",
  "low_quality",
  "machine_written",
  "personal_data",
  "evasion",
  "illegal",
  "other",
] as const satisfies readonly Reason[];

/** Why something is put right, or nothing is done. */
export const OF_NOTHING = ["harmless", "mistake", "other"] as const satisfies readonly Reason[];

/** The key that chooses a reason: 1 to 9 in their order; what is not on the list, "other", is always 0. */
export function keyOf(reason: Reason, offered: readonly Reason[]): string | null {
  if (reason === "other") return "0";
  const place = offered.filter((one) => one !== "other").indexOf(reason);
  return place >= 0 && place < 9 ? String(place + 1) : null;
}

/** The reason that a key chooses. */
export function reasonAt(key: string, offered: readonly Reason[]): Reason | undefined {
  return offered.find((one) => keyOf(one, offered) === key);
}
