import { expect, it } from "vitest";
import { minutesLeft, textIn, toneOf } from "./outcome";

it.each([
  ["accepted", "good"],
  ["near", "good"],
  ["rejected", "bad"],
  ["differed", "other"],
  ["waiting", "open"],
  ["undecided", "open"],
] as const)("%s looks %s", (code, tone) => expect(toneOf(code)).toBe(tone));

it.each([
  [{ text: " begun " }, "begun"],
  [{ labels: { spam: 1 } }, ""],
  [{ text: 7 }, ""],
  [null, ""],
])("the text in %j is %j", (content, text) => expect(textIn(content)).toBe(text));

it("time left is told in whole minutes, and never below nought", () => {
  const now = Date.parse("2026-01-01T12:00:00Z");
  expect(minutesLeft("2026-01-01T12:10:59Z", now)).toBe(10);
  expect(minutesLeft("2026-01-01T11:00:00Z", now)).toBe(0);
  expect(minutesLeft(null, now)).toBeNull();
});
