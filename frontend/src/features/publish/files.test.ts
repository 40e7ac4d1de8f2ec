import { describe, expect, it } from "vitest";
import { grouped, pythonFor, shellFor } from "./files";
import { file } from "./testing";

const BASE = "https://oa.example/api/v1/datasets/oa-1/files";

describe("files stand together by their form", () => {
  it("what most people come for first, what is about the others last", () => {
    const files = [
      file("README.md", ""),
      file("judgements/all.jsonl"),
      file("new/all.jsonl"),
      file("sft/a.jsonl"),
    ];
    expect(grouped(files).map(({ form }) => form)).toEqual(["sft", "judgements", "new", ""]);
  });

  it("in the order in which they came", () => {
    const [group] = grouped([file("sft/train.jsonl"), file("sft/validation.jsonl")]);
    expect(group!.files.map(({ path }) => path)).toEqual(["sft/train.jsonl", "sft/validation.jsonl"]);
  });
});

describe("lines of Python", () => {
  it("load every split of a form, from Parquet where there is some", () => {
    const files = [
      file("sft/train.jsonl", "sft", { split: "train" }),
      file("sft/train.parquet", "sft", { split: "train", packing: "parquet" }),
      file("sft/validation.parquet", "sft", { split: "validation", packing: "parquet" }),
      file("kto/train.parquet", "kto", { split: "train", packing: "parquet" }),
    ];
    expect(pythonFor("sft", files, BASE)).toBe(
      [
        "from datasets import load_dataset",
        "",
        `base = "${BASE}/"`,
        'data = load_dataset("parquet", data_files={',
        '    "train": base + "sft/train.parquet",',
        '    "validation": base + "sft/validation.parquet",',
        "})",
      ].join("\n"),
    );
  });

  it("read JSON Lines where that is all there is, and call what is not split train", () => {
    const lines = pythonFor("sft", [file("sft/a.jsonl", "sft"), file("sft/b.jsonl", "sft")], BASE);
    expect(lines).toContain('load_dataset("json"');
    expect(lines).toContain('    "train": [base + "sft/a.jsonl", base + "sft/b.jsonl"],');
  });

  it("are none where nothing can be loaded", () => {
    expect(pythonFor("", [file("README.md", "", { packing: "" })], BASE)).toBe("");
  });
});

it("lines of shell fetch what the list of checksums names, and check it", () => {
  const lines = shellFor("oa-1", BASE).split("\n");
  expect(lines).toContain(`base=${BASE}`);
  expect(lines.at(-1)).toBe("sha256sum -c SHA256SUMS");
});
