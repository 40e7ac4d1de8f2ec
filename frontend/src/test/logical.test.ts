import { expect, test } from "vitest";
import { read, sources } from "./files";

// What has a left and a right stays where it is when the page is turned round for Arabic.
const PHYSICAL = [
  /^(margin|padding|scroll-margin|scroll-padding|inset)-(left|right|top|bottom)$/,
  /^border-(left|right|top|bottom)(-\w+)?$/,
  /^border-(top|bottom)-(left|right)-radius$/,
  /^(left|right|top|bottom)$/,
  /^(min-|max-)?(width|height)$/,
];
const SIDED = /^(text-align|float|clear|caption-side)$/;

function physical(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...plain.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)]
    .filter(
      ([, name, value]) =>
        PHYSICAL.some((one) => one.test(name!)) || (SIDED.test(name!) && /\b(left|right)\b/.test(value!)),
    )
    .map(([all]) => all.trim());
}

test("the check sees what it looks for", () => {
  expect(
    physical(".a{margin-left:1px} @media (max-width: 3em) {.b{ text-align: right; inline-size: 1em }}"),
  ).toEqual(["margin-left:1px", "text-align: right"]);
});

test.each(sources(".css"))("%s says start and end, not left and right", (file) => {
  expect(physical(read(file))).toEqual([]);
});
