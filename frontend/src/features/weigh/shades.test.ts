import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { STEPS, shadeOf } from "./scale";

const read = (...parts: string[]) => readFileSync(path.join(process.cwd(), "src", ...parts), "utf8");
const TOKENS = read("tokens.css");
const CSS = read("features", "weigh", "weigh.module.css");

type Colour = [number, number, number];

function tokens(start: string): (name: string) => Colour {
  const rule = TOKENS.slice(TOKENS.indexOf(start)).split("}")[0]!;
  return (name) => {
    const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(rule)![1]!;
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Colour;
  };
}

/** The fill that the style sheet gives this class: the name of a token, or two of them mixed. */
function fillOf(shade: string, token: (name: string) => Colour): Colour {
  const fill = new RegExp(`\\.${shade}(?:,\\s*\\.[\\w-]+)* {\\s*fill: ([^;]+);`).exec(CSS)![1]!;
  const mix = /^color-mix\(in srgb, var\(--(\w+)\) (\d+)%, var\(--(\w+)\)\)$/.exec(fill);
  if (!mix) return token(/^var\(--([\w-]+)\)$/.exec(fill)![1]!);
  const [ink, ground, part] = [token(mix[1]!), token(mix[3]!), Number(mix[2]) / 100];
  return ink.map((one, at) => one * part + ground[at]! * (1 - part)) as Colour;
}

/** WCAG 2.2: relative luminance. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const STRONGEST = STEPS.length;
const ALL = Array.from({ length: STRONGEST * 2 + 1 }, (_, place) => place - STRONGEST);

describe.each([
  ["light", ":root {"],
  ["dark", ':root[data-theme="dark"] {'],
])("in the %s colours", (_name, start) => {
  const token = tokens(start);
  const inkOn = (shade: string) => (CSS.includes(`.on-${shade},`) || CSS.includes(`.on-${shade} {`)) && shade !== "unknown"
      ? token("surface")
      : token("ink"); // prettier-ignore

  test.each([...ALL.map(shadeOf), "unknown"])("a figure can be read on %s", (shade) => {
    expect(contrast(inkOn(shade), fillOf(shade, token))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([1, -1])("each step stands out more than the one before (%i)", (side) => {
    const steps = Array.from({ length: STRONGEST + 1 }, (_, step) => shadeOf(step * side));
    const distances = steps.map((shade) => contrast(fillOf(shade, token), token("surface")));
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(new Set(distances).size).toBe(steps.length);
  });

  test("equal strength is equally far from the ground on both sides", () => {
    for (let step = 1; step <= STRONGEST; step += 1) {
      const [warm, cold] = [step, -step].map((one) => luminance(fillOf(shadeOf(one), token)));
      expect(Math.abs(warm! - cold!)).toBeLessThan(0.02);
    }
  });
});
