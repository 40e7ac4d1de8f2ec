import { describe, expect, it } from "vitest";
import { withMathematics } from "./MarkdownDollars";

describe("dollars that are money stay money", () => {
  it.each([
    "It costs $5 and $6.",
    "From $5-$10, or US$5/US$6.",
    "I paid $100, which is less than 90€, not 200$ as he said.",
    "$5",
    "a $ b $ c",
    String.raw`\$x\$ is escaped`,
    "Run `echo $HOME` and `echo $PATH`.",
    "```sh\necho $a $b$\n```",
    "    echo $a$",
    "$$$ money $$$",
    "",
  ])("%s", (text) => expect(withMathematics(text)).toEqual({ text, found: false }));
});

describe("mathematics is found however it is written", () => {
  it.each([
    ["Let $x^2$ be.", "Let $$x^2$$ be."],
    ["$n$", "$$n$$"],
    [String.raw`If \(a_1 * b_2 * c\) then`, "If $$a_1 * b_2 * c$$ then"],
    ["$5 and $x + 1$", "$5 and $$x + 1$$"],
    ["so $$a = b$$ holds", String.raw`so $$\displaystyle a = b$$ holds`],
    ["$$a = b$$", "$$\na = b\n$$"],
    ["\\[\na\n- b\n\\]", "$$\na\n- b\n$$"],
    ["1. \\[ x \\]", "1. $$\n   x\n   $$"],
    ["> \\[\n> x\n> \\]", "> $$\n> x\n> $$"],
    ["`$a$` and $b$", "`$a$` and $$b$$"],
    ["$b$ and $$ left open", "$$b$$ and \\$\\$ left open"],
    ["两边 $a$ 和 $b$。", "两边 $$a$$ 和 $$b$$。"],
  ])("%s", (text, expected) => expect(withMathematics(text)).toEqual({ text: expected, found: true }));

  it("leaves what follows in a fence alone", () => {
    const { text } = withMathematics("$x$\n```\n$y$ \\(z\\)\n```\n$w$");
    expect(text).toBe("$$x$$\n```\n$y$ \\(z\\)\n```\n$$w$$");
  });
});

it.each(["$", "\\(", "\\[", "`", "$ ", "$$ ", "``` ", "\\(a\n"])(
  "twenty thousand characters of %j are read in a moment",
  (piece) => {
    const began = performance.now();
    withMathematics(piece.repeat(20_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(1500);
  },
);

it("a text with more formulas than a page can draw keeps its dollars", () => {
  const text = "$a$ ".repeat(2000);
  expect(withMathematics(text)).toEqual({ text, found: false });
});
