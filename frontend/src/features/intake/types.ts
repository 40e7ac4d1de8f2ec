/** Hand-made until the API describes itself; see asking.ts. */
export const FORMS = [
  "auto", "oasst", "alpaca", "sharegpt", "openai", "prompts", "lines", "blocks", "csv",
] as const; // prettier-ignore
export type Form = (typeof FORMS)[number];
export const INTO = ["archive", "live", "review", "lottery", "ranking"] as const;
export type Into = (typeof INTO)[number];
export type ImportState = "waiting" | "running" | "done" | "failed" | "stopped";

export interface Report {
  trees: { taken: number; there: number; twice: number; joined: number };
  messages: number;
  langs: Record<string, number>;
  joined: number;
  repeated: number;
  refused: number;
  refused_by_code: Record<string, number>;
  repaired: number;
  repaired_by_code: Record<string, number>;
  unknown_fields: Record<string, number>;
  notes: { text: string; number: number }[];
}

export interface Import {
  id: string;
  name: string;
  bytes: number;
  form: Form;
  into: Into;
  origin: string;
  licence: string;
  model_name: string;
  lang: string;
  dry_run: boolean;
  state: ImportState;
  done_bytes: number;
  total_bytes: number;
  report: Report;
  problems_count: number;
  error: string;
  by: { id: string; display_name: string } | null;
  at: string;
  began_at: string | null;
  ended_at: string | null;
}

export interface ImportProblem {
  line: number;
  code: string;
  text: string;
}

export interface Page<T> {
  results: T[];
  next_cursor: string | null;
}
