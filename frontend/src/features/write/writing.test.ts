import { describe, expect, test } from "vitest";
import { isShort, lengthOf, repeats } from "./checking";
import { marked, type Mark } from "./marks";
import { Problem } from "@/api/problems";
import { piecesOf, refusedPieces, shown, stillHolding } from "./remarks";

/** A text with its selection between bars: "a |b| c". */
function press(mark: Mark, drawn: string): string {
  const start = drawn.indexOf("|");
  const end = drawn.lastIndexOf("|");
  const text = drawn.replaceAll("|", "");
  const change = marked(mark, text, start, end > start ? end - 1 : start);
  const after = text.slice(0, change.from) + change.insert + text.slice(change.to);
  const [from, to] = change.select;
  return `${after.slice(0, from)}|${after.slice(from, to)}|${after.slice(to)}`;
}

describe("a mark", () => {
  test.each([
    ["bold", "so |much| fun", "so **|much|** fun"],
    ["bold", "so **|much|** fun", "so |much| fun"],
    ["bold", "so | fun", "so **||** fun"],
    ["code", "run |ls -l| now", "run `|ls -l|` now"],
    ["code", "|one\ntwo|", "```\n|one\ntwo|\n```"],
    ["list", "|milk\nbread|", "|- milk\n- bread|"],
    ["list", "|- milk\n- bread|", "|milk\nbread|"],
    ["list", "milk\nbre|ad", "milk\n- bre||ad"],
    ["quote", "|said|", "|> said|"],
    ["link", "see |here| please", "see [here](||) please"],
    ["link", "|https://example.org|", "[||](https://example.org)"],
  ] as const)("%s: %s", (mark, before, after) => {
    expect(press(mark, before)).toBe(after);
  });
});

describe("length", () => {
  test("is counted as the server counts it", () => {
    expect(lengthOf("añ日👍🏽")).toBe(5);
  });

  test("short means short for what is asked", () => {
    expect(isShort("Yes, of course, here it is.", "assistant_reply")).toBe(true);
    expect(isShort("And without sugar?", "prompter_reply")).toBe(false);
    expect(isShort("因为天空中的空气分子更容易散射波长较短的蓝光。", "assistant_reply")).toBe(false);
  });
});

test("a text that only repeats the conversation is noticed", () => {
  expect(repeats("  Why is\nthe sky blue? ", ["Why is the sky blue?", "Because."])).toBe(true);
  expect(repeats("", ["", "a"])).toBe(false);
});

describe("what a machine remarks", () => {
  const text = "🌳 Write to ann@example.org or ann@example.org, please.";
  const mail = { start: 11, end: 26 };
  const remark = {
    code: "personal_data", kind: "email", level: "warn", text: "An address.", remedy: "",
    spans: [mail, { start: 30, end: 45 }], likeness: null, message_id: null, excerpt: null,
  } as const; // prettier-ignore

  test("is about pieces counted as the server counts, each shown once", () => {
    expect(piecesOf(text, [mail, { start: 30, end: 45 }])).toEqual(["ann@example.org"]);
    expect(piecesOf(text, [{ start: 400, end: 410 }])).toEqual([]);
  });

  test("holds while what it is about is still there", () => {
    const found = [shown({ ...remark, spans: [...remark.spans] }, text)];
    expect(stillHolding(found, `${text} Or call.`)).toHaveLength(1);
    expect(stillHolding(found, "Write to me, whoever you are.")).toHaveLength(0);
    expect(stillHolding(found, "ann@example.org")).toHaveLength(0);
  });

  test("is shown of a refused text too", () => {
    const problem = new Problem({
      code: "personal_data_blocked",
      status: 422,
      ...({ spans: [{ kind: "email", ...mail }] } as object),
    });
    expect(refusedPieces(problem, text)).toEqual(["ann@example.org"]);
    expect(refusedPieces(new Problem({ code: "text_too_long", status: 422 }), text)).toEqual([]);
  });
});
