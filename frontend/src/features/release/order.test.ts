import { describe, expect, it } from "vitest";
import { begun, bodyOf, figure, missing, selectionOf, takeAddress, toggled, type Draft } from "./order";

const usual: Parameters<typeof begun>[0]["usual"] = {
  forms: ["trees"],
  packings: ["parquet"],
  validation_share: 0.05,
  test_share: 0,
};
const draft: Draft = begun({ suggested_name: "oa-2026-11-22", usual_licence: "CC-BY-4.0", usual });

describe("what is typed as a figure", () => {
  it("is a number where it is one, with a comma too", () => {
    expect(figure(" 0,25 ")).toBe(0.25);
    expect(figure("5", 100)).toBe(0.05);
  });

  it("asks nothing where nothing stands, and is left to the server where it is no number", () => {
    expect(figure("  ")).toBeUndefined();
    expect(figure("a few")).toBe("a few");
  });
});

describe("the filters of an order", () => {
  it("name only what they ask", () => {
    expect(selectionOf(draft)).toEqual({
      states: ["ready_for_export"],
      review_result: "accepted",
      synthetic: "no",
    });
  });

  it("mean every stage where none is chosen", () => {
    expect(selectionOf({ ...draft, states: [] })["states"]).toEqual(["all"]);
  });

  it("ask about messages of models only where there can be some", () => {
    const models = { ...draft, synthetic_messages: "no", model: "gpt" } as const;
    expect(selectionOf(models)).not.toHaveProperty("synthetic_messages");
    expect(selectionOf(models)).not.toHaveProperty("model");
    expect(selectionOf({ ...models, synthetic: "too" })).toMatchObject({
      synthetic: "too",
      synthetic_messages: "no",
      model: "gpt",
    });
  });

  it("gather rules about labels by their bound, and leave out those without a value", () => {
    const labels = [
      { label: "quality", bound: "min_label", value: "0.5" },
      { label: "humor", bound: "min_label", value: "0,1" },
      { label: "toxicity", bound: "max_label", value: "0.3" },
      { label: "quality", bound: "min_label_low", value: "" },
    ] as const;
    expect(selectionOf({ ...draft, labels })).toMatchObject({
      min_label: { quality: 0.5, humor: 0.1 },
      max_label: { toxicity: 0.3 },
    });
    expect(selectionOf({ ...draft, labels })).not.toHaveProperty("min_label_low");
  });
});

it("what is taken along is what a release would hold, filters written as an address has them", () => {
  const labels = [
    { label: "quality", bound: "min_label", value: "0.5" },
    { label: "humor", bound: "min_label", value: "0.1" },
  ] as const;
  const address = takeAddress(
    { ...draft, labels, langs: ["en", "pt-BR"] },
    { form: "sft", packing: "parquet", original_ids: false },
  );
  const { pathname, searchParams } = new URL(address, "http://x");
  expect(pathname).toBe("/api/v1/moderation/export");
  expect(Object.fromEntries(searchParams)).toEqual({
    states: "ready_for_export",
    langs: "en,pt-BR",
    review_result: "accepted",
    synthetic: "no",
    min_label: "quality:0.5,humor:0.1",
    releasable: "true",
    form: "sft",
    packing: "parquet",
  });
});

describe("an order", () => {
  it("says shares from 0 to 1", () => {
    expect(bodyOf({ ...draft, validation: "5", test: "2.5" })).toMatchObject({
      validation_share: 0.05,
      test_share: 0.025,
    });
    expect(bodyOf({ ...draft, test: "" })).toMatchObject({ test_share: 0 });
  });

  it("tells what is missing", () => {
    expect(missing(draft)).toEqual({});
    expect(Object.keys(missing({ ...draft, name: "Ä b", licence: "", forms: [], packings: [] }))).toEqual([
      "name",
      "licence",
      "forms",
      "packings",
    ]);
  });

  it("leaves something for training", () => {
    expect(missing({ ...draft, validation: "60", test: "40" })).toHaveProperty("validation");
    expect(missing({ ...draft, validation: "x" })).toHaveProperty("validation");
    expect(missing({ ...draft, validation: "-5" })).toHaveProperty("validation");
    expect(missing({ ...draft, validation: "99", test: "0.5" })).toEqual({});
  });
});

it("a press chooses, another takes it away", () => {
  expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
});
