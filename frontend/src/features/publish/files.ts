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

/** The forms that the library `datasets` can load, in the order in which they are offered. */
export function loadable(files: readonly ReleaseFile[]): string[] {
  return grouped(files)
    .filter(({ form, files: own }) => form !== "" && readerOf(own) !== undefined)
    .map(({ form }) => form);
}

function readerOf(own: readonly ReleaseFile[]) {
  return READERS.find(({ packing }) => own.some((file) => file.packing === packing));
}

/** Lines of Python that load one form out of the folder in which everything is. */
export function pythonForAll(name: string, form: string): string {
  return [
    "from datasets import load_dataset",
    "",
    `data = load_dataset(${quoted(`./${name}`)}, ${quoted(form)})`,
  ].join("\n");
}

/** Lines of Python that load one form where only its files are there; "" where it is in no file. */
export function pythonFor(name: string, form: string, files: readonly ReleaseFile[]): string {
  const own = files.filter((file) => file.form === form);
  const found = readerOf(own);
  if (!found) return "";
  const splits = new Map<string, string[]>();
  for (const { packing, split, path } of own) {
    if (packing !== found.packing) continue;
    const key = split || "train"; // as the library calls what is not split
    splits.set(key, [...(splits.get(key) ?? []), quoted(`${name}/${path}`)]);
  }
  const lines = [...splits].map(
    ([split, paths]) =>
      `    ${quoted(split)}: ${paths.length > 1 ? `[${paths.join(", ")}]` : paths.join("")},`,
  );
  return [
    "from datasets import load_dataset",
    "",
    `data = load_dataset(${quoted(found.reader)}, data_files={`,
    ...lines,
    "})",
  ].join("\n");
}

/** Lines of shell that fetch files and check each: those in a folder, or all of them. */
export function shellFor(name: string, base: string, folder = ""): string {
  const list = folder ? `grep '  ${folder}' SHA256SUMS | cut -c67-` : "cut -c67- SHA256SUMS";
  return [
    `mkdir ${name} && cd ${name}`,
    `base=${base}`,
    "curl -fsSO $base/SHA256SUMS",
    `${list} | while read -r file; do`,
    '  curl -fsS --create-dirs -o "$file" "$base/$file"',
    "done",
    folder ? `grep '  ${folder}' SHA256SUMS | sha256sum -c -` : "sha256sum -c SHA256SUMS",
    "cd ..",
  ].join("\n");
}

/** The folder that has the files of a form, and no others. */
export function folderOf(form: string, files: readonly ReleaseFile[]): string {
  const path = files.find((file) => file.form === form)?.path ?? "";
  return path.slice(0, path.lastIndexOf("/") + 1);
}
