import { expect, test } from "vitest";
import { pauseOf, toneOf } from "./machine";

test("what is under way is asked about again soon, the rest now and then", () => {
  const soon = pauseOf({ state: "downloading", waiting: 0 });
  expect(soon).toBeLessThanOrEqual(5_000);
  expect(pauseOf({ state: "loading", waiting: 3 })).toBe(soon);
  expect(pauseOf({ state: "ready", waiting: 3 })).toBe(soon);
  expect(pauseOf({ state: "ready", waiting: 0 })).toBeGreaterThanOrEqual(30_000);
  // Nobody scores them: asking often would bring nothing.
  expect(pauseOf({ state: "missing", waiting: 3 })).toBeGreaterThanOrEqual(30_000);
  expect(pauseOf(undefined)).toBeGreaterThanOrEqual(30_000);
});

test("only what somebody must see to is a warning", () => {
  const states = ["off", "unknown", "downloading", "loading", "ready", "missing"] as const;
  expect(states.filter((state) => toneOf({ state }) === "warn")).toEqual(["unknown", "missing"]);
});
