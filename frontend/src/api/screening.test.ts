import { expect, test } from "vitest";
import { pauseOf } from "./screening";

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
