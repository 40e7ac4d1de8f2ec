import type { components } from "./schema";

type Sent = components["schemas"]["Problem"];

/** What went wrong, in the server's words, with a code that stays the same in every language. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  /** By field, where the input was at fault. */
  readonly errors: Record<string, string[]>;
  /** Whatever else the problem carries (`limit`, `content`, `revision` …). */
  readonly more: Record<string, unknown>;

  constructor(sent: Partial<Sent> & { code: string; status: number }) {
    super(sent.detail ?? sent.title ?? sent.code);
    this.name = "Problem";
    this.code = sent.code;
    this.status = sent.status;
    this.title = sent.title ?? "";
    this.detail = sent.detail ?? "";
    this.remedy = sent.remedy ?? "";
    this.errors = flat(sent.errors);
    this.more = sent as Record<string, unknown>;
  }
}

function flat(errors: unknown): Record<string, string[]> {
  if (typeof errors !== "object" || errors === null) return {};
  return Object.fromEntries(
    Object.entries(errors).map(([field, said]) => [
      field,
      Array.isArray(said) ? said.map(String) : [String(said)],
    ]),
  );
}

/** No answer at all: the network or the server is away. */
export const NO_ANSWER = "no_answer";

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/** Whatever was thrown, as a Problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    code: NO_ANSWER,
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
  });
}
