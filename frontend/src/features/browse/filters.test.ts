import { describe, expect, it } from "vitest";
import { excerptOf, inOneLine, wordsOf } from "./excerpt";
import { asAddress, asQuery, countOf, readFilters } from "./filters";

const read = (address: string) => readFilters(new URLSearchParams(address));

describe("what the address asks for", () => {
  it("comes back as it was written", () => {
    const address =
      "search=%E4%BD%A0%E5%A5%BD&lang=zh&state=growing&role=assistant&after=2026-01-02&mine=true";
    expect(asAddress(read(address)).toString()).toBe(address);
  });

  it("is left out where it makes no sense", () => {
    const address = asAddress(read("state=sleeping&role=king&after=yesterday&mine=perhaps&other=1"));
    expect(address.toString()).toBe("");
  });

  it("asks trees for no role, and keeps it for the messages", () => {
    const filters = read("role=assistant&lang=de");
    expect(asQuery(filters, "trees")).toEqual({ lang: "de" });
    expect(asQuery(filters, "messages")).toEqual({ lang: "de", role: "assistant" });
    expect(countOf(filters, "trees")).toBe(1);
  });
});

describe("the piece of a text that is shown", () => {
  const text = `${"word ".repeat(100)}needle ${"tail ".repeat(100)}`;

  it("begins at the beginning when nothing is looked for", () => {
    const pieces = excerptOf(text, "");
    expect(pieces[0]?.text.startsWith("word word")).toBe(true);
    expect(pieces.at(-1)?.text).toBe(" …");
  });

  it("holds the first word that was found, marked", () => {
    const pieces = excerptOf(text, "Needle");
    expect(pieces[0]?.text).toBe("… ");
    expect(pieces.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(["needle"]);
  });

  it("finds words in scripts without spaces", () => {
    expect(excerptOf("我想学习做饭", "学习")).toContainEqual({ text: "学习", hit: true });
  });

  it("takes signs in a search as signs", () => {
    expect(excerptOf("is a.c or abc", "a.c").filter((piece) => piece.hit)).toHaveLength(1);
  });

  it("loses no letter of a short text", () => {
    const pieces = excerptOf("one two three", "two one");
    expect(pieces.map((piece) => piece.text).join("")).toBe("one two three");
  });
});

it("quotes hold words together", () => {
  expect(wordsOf('big "red house" now!')).toEqual(["red house", "big", "now"]);
});

it("signs of Markdown say nothing on one line", () => {
  expect(inOneLine("# Title\n\n```js\nrun()\n```\n**so** `x`")).toBe("Title run() so x");
});
