import { describe, expect, test } from "vitest";
import { read } from "./files";

type Tokens = Record<string, string>;

const CSS = read("src", "tokens.css").replace(/\/\*[\s\S]*?\*\//g, "");

/** The custom properties of the first rule after this text. */
function tokensAfter(start: string): Tokens {
  const from = CSS.indexOf(start);
  expect(from, `no ${start} in tokens.css`).toBeGreaterThanOrEqual(0);
  const block = CSS.slice(CSS.indexOf("{", from + start.length - 1) + 1);
  const rule = block.slice(0, block.indexOf("}"));
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]),
  );
}

const LIGHT = tokensAfter(":root {");
const DARK = tokensAfter(':root[data-theme="dark"] {');
const DARK_BY_SYSTEM = tokensAfter(':root:not([data-theme="light"]) {');

/** WCAG 2.2: relative luminance of #rrggbb. */
function luminance(colour: string): number {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function ratio(tokens: Tokens, on: string, ground: string): number {
  const [dark, light] = [luminance(tokens[on] ?? ""), luminance(tokens[ground] ?? "")].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const GROUNDS = ["paper", "surface", "sunken"];
const TEXT = [
  ...["ink", "ink-soft", "leaf", "leaf-strong", "bark", "clay", "sky"].flatMap((ink) =>
    GROUNDS.map((ground) => [ink, ground] as const),
  ),
  ...["leaf-soft", "bark-soft", "clay-soft", "sky-soft"].map((ground) => ["ink", ground] as const),
  ["on-leaf", "leaf"],
  ["on-leaf", "leaf-strong"],
  ["on-clay", "clay"],
] as const;
const EDGES = ["edge", "focus"].flatMap((edge) => GROUNDS.map((ground) => [edge, ground] as const));

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("in the %s colours", (_name, tokens) => {
  test.each(TEXT)("text in %s can be read on %s", (ink, ground) => {
    expect(ratio(tokens, ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(EDGES)("%s can be seen on %s", (edge, ground) => {
    expect(ratio(tokens, edge, ground)).toBeGreaterThanOrEqual(3);
  });
});

test("dark is the same whether the person or the system has chosen it", () => {
  expect(DARK_BY_SYSTEM).toEqual(DARK);
});

test("dark changes every colour that light has", () => {
  const colours = Object.keys(LIGHT).filter((name) => /^#|^rgb/.test(LIGHT[name]!));
  expect(Object.keys(DARK)).toEqual(expect.arrayContaining(colours));
});

test("the pages and their frame in the browser have the same paper", () => {
  const page = read("index.html");
  expect(page).toContain(`content="${LIGHT["paper"]}" media="(prefers-color-scheme: light)"`);
  expect(page).toContain(`content="${DARK["paper"]}" media="(prefers-color-scheme: dark)"`);
});
