import { wrong } from "@/components/Form";
import { isProblem } from "@/api/problems";
import type { Draft } from "./order";
import type { Options } from "./types";

/** What each part of the form is given. */
export interface Part {
  draft: Draft;
  options: Options;
  change: (part: Partial<Draft>) => void;
  /** What is wrong with a field, in words. */
  wrong: (field: string) => string | undefined;
}

/** What a text field needs to fill in one thing of the draft. */
export function typed({ draft, change, wrong }: Part, field: TypedField) {
  return {
    value: draft[field],
    error: wrong(field),
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  };
}

type TypedField = {
  [Field in keyof Draft]: Draft[Field] extends string ? Field : never;
}[keyof Draft];

/** What the server says of a field: of the form, or of a filter, which it names otherwise. */
export function refusedAt(error: unknown, field: string): string | undefined {
  const filter = isProblem(error) ? String(error.more["field"] ?? "").split(".")[0] : "";
  return wrong(error, field) ?? (isProblem(error) && filter === field ? error.detail : undefined);
}
