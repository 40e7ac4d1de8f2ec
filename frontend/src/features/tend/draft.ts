import type { PolicyField } from "./asking";

/** What somebody has typed into the fields they changed, by name; what is not here is as it is in force. */
export type Draft = Readonly<Record<string, unknown>>;

export const GROUPS = ["growth", "people", "moderation", "machine", "data", "points"] as const;
export type Group = (typeof GROUPS)[number];

const BEGINNINGS: readonly (readonly [Group, readonly string[]])[] = [
  ["points", ["points_", "ranking_agreement", "weekly_goal"]],
  ["moderation", ["auto_mod", "claim_", "split_", "suspicious_"]],
  ["data", ["embargo_"]],
  ["machine", ["toxicity_", "check_", "duplicate_likeness", "personal_data_"]],
  ["people", ["lease_", "max_pending", "message_size", "duplicate_message", "weight_", "p_", "lonely_"]],
];

/** Under which heading a field stands. */
export function groupOf(name: string): Group {
  return BEGINNINGS.find(([, starts]) => starts.some((start) => name.startsWith(start)))?.[0] ?? "growth";
}

/** The draft after a field was set to something; a field set back to what is in force is not changed. */
export function set(draft: Draft, field: PolicyField, value: unknown): Draft {
  const rest = Object.fromEntries(Object.entries(draft).filter(([name]) => name !== field.name));
  return same(value, field.value) ? rest : { ...rest, [field.name]: value };
}

function same(value: unknown, inForce: unknown): boolean {
  return typeof inForce === "number" ? String(value).trim() === String(inForce) : value === inForce;
}

/** The draft as the API takes it: figures as numbers. What is no number is sent as it is, and refused in words. */
export function valuesOf(draft: Draft, fields: readonly PolicyField[]): Record<string, unknown> {
  const kinds = new Map(fields.map((field) => [field.name, field.kind]));
  return Object.fromEntries(
    Object.entries(draft).map(([name, value]) => {
      const kind = kinds.get(name);
      const number = kind === "int" || kind === "float" ? Number(value) : NaN;
      return [name, Number.isFinite(number) && String(value).trim() !== "" ? number : value];
    }),
  );
}
