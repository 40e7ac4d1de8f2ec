import { expect, test } from "vitest";
import { toneOf } from "./machine";

test("only what somebody must see to is a warning", () => {
  const states = ["off", "unknown", "downloading", "loading", "ready", "missing"] as const;
  expect(states.filter((state) => toneOf({ state }) === "warn")).toEqual(["unknown", "missing"]);
});
