import { expect, test } from "vitest";
import { safeNext, withNext } from "./next";

test("an address of this site is kept whole", () => {
  expect(safeNext("/trees?lang=de#top", "/")).toBe("/trees?lang=de#top");
});

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/trees/..//evil.example",
  "/%2e//evil.example",
  "/.\\/evil.example",
  "javascript:alert(1)",
  "trees",
  "",
  null,
])("%s leads nowhere", (next) => {
  expect(safeNext(next, "/home")).toBe("/home");
});

test("one address can be wrapped in another, and comes out as it went in", () => {
  const inner = withNext("/account/languages", "/trees?lang=de");
  const outer = withNext("/terms", inner);
  const out = (path: string) => new URL(path, "http://x").searchParams.get("next");
  expect(out(outer)).toBe(inner);
  expect(out(inner)).toBe("/trees?lang=de");
});
