import { describe, expect, test } from "vitest";
import { addressOf, choiceIn, judgements, keyOf, rowsOf } from "./report";
import { cell } from "./testing";

describe("the address", () => {
  test("says which messages are meant, and how they are looked at", () => {
    const choice = choiceIn(new URLSearchParams("lang=pt-BR&kind=spearman&score=threat"));
    expect(choice).toEqual({ lang: "pt-BR", role: null, kind: "spearman", score: "threat" });
    expect(addressOf(choice)).toBe("lang=pt-BR&kind=spearman&score=threat");
  });

  test("means all messages when it says nothing, or nonsense", () => {
    const plain = { lang: null, role: null, kind: "pearson", score: "toxicity" } as const;
    expect(choiceIn(new URLSearchParams(""))).toEqual(plain);
    expect(choiceIn(new URLSearchParams("lang=&role=nobody&kind=x&score=y"))).toEqual(plain);
    expect(addressOf(plain)).toBe("");
  });
});

test("every group has a key of its own", () => {
  const keys = [
    { lang: null, role: null },
    { lang: "de", role: null },
    { lang: null, role: "prompter" as const },
  ].map(keyOf);
  expect(keys).toEqual(["", "lang=de", "role=prompter"]);
});

const CELLS = [
  cell("spam", "toxicity", 0, { n_reviews: 5, n_imported: 1 }),
  cell("spam", "insult", 0, { n_reviews: 5, n_imported: 1 }),
  cell("humor", "toxicity", 0, { n_reviews: 0, n_imported: 7 }),
  cell("humor", "insult", 0, { n_reviews: 0, n_imported: 7 }),
];

test("cells are rows of labels, in the order in which they came", () => {
  expect(rowsOf(CELLS).map((row) => [row.label, row.cells.map(({ score }) => score)])).toEqual([
    ["spam", ["toxicity", "insult"]],
    ["humor", ["toxicity", "insult"]],
  ]);
});

test("a judgement counts once, however many scores it is compared with", () => {
  expect(judgements(CELLS)).toEqual({ reviews: 5, imported: 8 });
});
