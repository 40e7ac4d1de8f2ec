import { expect, test } from "vitest";
import { told, twoDigits, twoFigures } from "./words";

test("a figure has two digits, a real minus, and no minus before nothing", () => {
  expect([0.345, -0.05, -0.004, 1].map((value) => twoDigits(value, "en"))).toEqual([
    "0.35",
    "−0.05",
    "0.00",
    "1.00",
  ]);
  expect(twoDigits(-0.5, "de")).toBe("−0,50");
});

test("a small mean keeps two digits that say something", () => {
  expect([0.00123, 0.45678, -0.02].map((value) => twoFigures(value, "en"))).toEqual([
    "0.0012",
    "0.46",
    "−0.020",
  ]);
});

test("a figure without an interval is told alone, and one that can't be told not at all", () => {
  expect(told({ value: 0.5, low: 0.4, high: 0.6 }, "en")).toEqual({
    value: "0.50",
    low: "0.40",
    high: "0.60",
  });
  expect(told({ value: 0.5, low: null, high: null }, "en")).toEqual({ value: "0.50" });
  expect(told({ value: null, low: null, high: null }, "en")).toBeNull();
});
