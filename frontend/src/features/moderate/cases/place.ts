import type { Schemas } from "@/api/client";

/** Why something waits: the codes of the API, the worst first. Their words are in `moderate:cases.cause`. */
export const CAUSES = [
  "appeal",
  "purge",
  "report",
  "withheld",
  "personal_data",
  "red_flags",
  "people_high",
  "toxic",
  "suspicious",
  "skips",
  "rejected_answered",
  "split",
] as const satisfies readonly Schemas["CauseEnum"][];
export type CauseCode = (typeof CAUSES)[number];

/** Which cases somebody works through, and the one they are at. It stands in the address. */
export interface Place {
  cause: CauseCode | "";
  lang: string;
  mine: boolean;
  case: string;
}

/** The place that an address names. What makes no sense in it is left out. */
export function readPlace(params: URLSearchParams): Place {
  return {
    cause: CAUSES.find((one) => one === params.get("cause")) ?? "",
    lang: params.get("lang") ?? "",
    mine: params.get("mine") === "true",
    case: params.get("case") ?? "",
  };
}

/** The address of a place: only what is set stands in it. */
export function asAddress(place: Place): URLSearchParams {
  const given = Object.entries(place).filter(([, value]) => value !== "" && value !== false);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/** The part of it that narrows the list, as the API is asked. */
export function asQuery({ cause, lang, mine }: Place) {
  return { ...(cause && { cause }), ...(lang && { lang }), ...(mine && { mine: true }) };
}
