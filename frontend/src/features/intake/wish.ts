import type { Form, Into } from "./types";

/** What shall become of a file, as it is being filled in. */
export interface Wish {
  file: File | null;
  form: Form;
  into: Into;
  origin: string;
  licence: string;
  model_name: string;
  lang: string;
  dry_run: boolean;
  column: string;
  encoding: string;
  synthetic_prompts: boolean;
}

/** Nothing is taken in before it was tried, and nothing is worked on unless somebody says so. */
export const USUAL: Wish = {
  file: null,
  form: "auto",
  into: "archive",
  origin: "",
  licence: "",
  model_name: "",
  lang: "",
  dry_run: true,
  column: "",
  encoding: "",
  synthetic_prompts: false,
};

/** What is wrong with a file before it is sent, as a key of words. */
export function wrongWith(file: File | null, limit: number | undefined): string | undefined {
  if (!file) return "upload.fileMissing";
  if (file.size === 0) return "upload.empty";
  return limit !== undefined && file.size > limit ? "upload.tooLarge" : undefined;
}

/** The wish as the API takes it. The file comes last: whatever is wrong with the rest is known before it. */
export function formOf({ file, ...fields }: Wish): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, String(value).trim());
  if (file) body.set("file", file, file.name);
  return body;
}
