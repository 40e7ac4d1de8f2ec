import type { Schemas } from "@/api/client";

export type Form = Schemas["ImportFormEnum"];
export type Into = Schemas["ImportIntoEnum"];
export type ImportState = Schemas["ImportStateEnum"];
/** One import. Fields that have a default are never missing in an answer. */
export type Import = Required<Schemas["Import"]>;

export const FORMS = [
  "auto",
  "oasst",
  "alpaca",
  "sharegpt",
  "openai",
  "prompts",
  "lines",
  "blocks",
  "csv",
] as const satisfies readonly Form[];
export const INTO = ["archive", "live", "review", "lottery", "ranking"] as const satisfies readonly Into[];
