import type { Schemas } from "@/api/client";

export type Triaged = Schemas["Triaged"];
export type Role = Schemas["MessageRoleEnum"];

export const KINDS = ["machine_high", "people_high", "both_high", "withheld"] as const;
export type Kind = (typeof KINDS)[number];

export const ROLES = ["prompter", "assistant"] as const satisfies readonly Role[];
const JUDGED = ["true", "false"] as const;

/** What somebody looks through, and at which message they are. It stands in the address. */
export interface Place {
  kind: Kind;
  lang: string;
  role: Role | "";
  /** Only what enough people have judged, only what too few have, or either. */
  judged: (typeof JUDGED)[number] | "";
  archived: boolean;
  message: string;
}

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | "" {
  return allowed.find((one) => one === value) ?? "";
}

/** The place that an address names. What makes no sense in it is left out. */
export function readPlace(params: URLSearchParams): Place {
  return {
    kind: oneOf(params.get("kind"), KINDS) || "machine_high",
    lang: params.get("lang") ?? "",
    role: oneOf(params.get("role"), ROLES),
    judged: oneOf(params.get("judged"), JUDGED),
    archived: params.get("archived") === "true",
    message: params.get("message") ?? "",
  };
}

/** The address of a place: only what differs from where everybody begins stands in it. */
export function asAddress(place: Place): URLSearchParams {
  const given = Object.entries(place).filter(
    ([name, value]) => value !== "" && value !== false && !(name === "kind" && value === "machine_high"),
  );
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/** The part of it that narrows the list, as the API is asked. */
export function asQuery({ lang, role, judged, archived }: Place) {
  return {
    ...(lang && { lang }),
    ...(role && { role }),
    ...(judged && { judged: judged === "true" }),
    ...(archived && { archived }),
  };
}

/** How many filters are set. */
export function countOf(place: Place): number {
  return Object.keys(asQuery(place)).length;
}
