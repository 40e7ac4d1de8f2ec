import type { ReleaseFile } from "./types";

/** The forms in the order in which they are offered: what most people come for first. */
export const FORMS = [
  "sft", "sft_best", "prompt_completion", "preference", "ranked", "kto", "trees", "messages", "threads", "prompts",
  "hf", "toxicity", "judgements",
] as const; // prettier-ignore

export interface Group {
  /** "" for what is about the others: the manifest, the card, the checksums. */
  form: string;
  files: ReleaseFile[];
}

const placeOf = (form: string) => {
  if (form === "") return FORMS.length + 1; // what is about the others comes last
  const place = (FORMS as readonly string[]).indexOf(form);
  return place < 0 ? FORMS.length : place;
};

/** Files by what their rows are. */
export function grouped(files: readonly ReleaseFile[]): Group[] {
  const groups = new Map<string, ReleaseFile[]>();
  for (const file of files) groups.set(file.form, [...(groups.get(file.form) ?? []), file]);
  return [...groups]
    .map(([form, members]) => ({ form, files: members }))
    .sort((one, other) => placeOf(one.form) - placeOf(other.form) || one.form.localeCompare(other.form));
}

const READERS = [
  { packing: "parquet", reader: "parquet" },
  { packing: "jsonl.gz", reader: "json" },
  { packing: "jsonl", reader: "json" },
] as const;

const quoted = (text: string) => JSON.stringify(text);

/** Lines of Python that load one form by the library `datasets`, right from here; "" where it is in no file. */
export function pythonFor(form: string, files: readonly ReleaseFile[], base: string): string {
  const own = files.filter((file) => file.form === form);
  const found = READERS.find(({ packing }) => own.some((file) => file.packing === packing));
  if (!found) return "";
  const splits = new Map<string, string[]>();
  for (const { packing, split, path } of own) {
    if (packing !== found.packing) continue;
    const name = split || "train"; // as the library calls what is not split
    splits.set(name, [...(splits.get(name) ?? []), path]);
  }
  const lines = [...splits].map(([split, paths]) => {
    const said = paths.map((path) => `base + ${quoted(path)}`);
    return `    ${quoted(split)}: ${said.length > 1 ? `[${said.join(", ")}]` : said.join("")},`;
  });
  return [
    "from datasets import load_dataset",
    "",
    `base = ${quoted(`${base}/`)}`,
    `data = load_dataset(${quoted(found.reader)}, data_files={`,
    ...lines,
    "})",
  ].join("\n");
}

/** Lines of shell that fetch every file and check each. */
export function shellFor(name: string, base: string): string {
  return [
    `mkdir ${name} && cd ${name}`,
    `base=${base}`,
    "curl -fsSO $base/SHA256SUMS",
    "cut -c67- SHA256SUMS | while read -r file; do",
    '  curl -fsS --create-dirs -o "$file" "$base/$file"',
    "done",
    "sha256sum -c SHA256SUMS",
  ].join("\n");
}
