import { describe, expect, it } from "vitest";
import { grouped, loadable, pythonFor, pythonForAll, shellFor, folderOf } from "./files";
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
      file("data/sft/train.jsonl", "sft", { split: "train" }),
      file("data/sft/train.parquet", "sft", { split: "train", packing: "parquet" }),
      file("data/sft/validation.parquet", "sft", { split: "validation", packing: "parquet" }),
      file("data/kto/train.parquet", "kto", { split: "train", packing: "parquet" }),
    ];
    expect(pythonFor("oa-1", "sft", files)).toBe(
      [
        "from datasets import load_dataset",
        "",
        'data = load_dataset("parquet", data_files={',
        '    "train": "oa-1/data/sft/train.parquet",',
        '    "validation": "oa-1/data/sft/validation.parquet",',
        "})",
      ].join("\n"),
    );
  });

  it("read JSON Lines where that is all there is, and call what is not split train", () => {
    const lines = pythonFor("oa-1", "sft", [file("sft/a.jsonl", "sft"), file("sft/b.jsonl", "sft")]);
    expect(lines).toContain('load_dataset("json"');
    expect(lines).toContain('    "train": ["oa-1/sft/a.jsonl", "oa-1/sft/b.jsonl"],');
  });

  it("name the form where everything is there", () => {
    expect(pythonForAll("oa-1", "kto")).toContain('load_dataset("./oa-1", "kto")');
  });

  it("are for what can be loaded", () => {
    const files = [
      file("README.md", "", { packing: "" }),
      file("kto/a.jsonl"),
      file("new/a.xml", "new", { packing: "xml" }),
    ];
    expect(loadable(files)).toEqual(["kto"]);
    expect(pythonFor("oa-1", "new", files)).toBe("");
  });
});

describe("lines of shell", () => {
  it("fetch what the list of checksums names, and check it", () => {
    const lines = shellFor("oa-1", BASE).split("\n");
    expect(lines).toContain(`base=${BASE}`);
    expect(lines).toContain("sha256sum -c SHA256SUMS");
  });

  it("fetch and check one folder only", () => {
    const lines = shellFor("oa-1", BASE, folderOf("sft", [file("data/sft/train.jsonl", "sft")])).split("\n");
    expect(lines).toContain("grep '  data/sft/' SHA256SUMS | sha256sum -c -");
  });
});
