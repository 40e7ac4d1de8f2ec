import { expect, test } from "vitest";
import { targetAt, type Box } from "./targets";

const box = (id: string, tier: number | null, top: number, bottom: number, left = 0, right = 600): Box => ({
  id, tier, top, bottom, left, right,
}); // prettier-ignore
// b and c share the second place, side by side; e is unacceptable, below its heading.
const BOXES = [
  box("a", 0, 0, 200),
  box("b", 1, 220, 420, 0, 290),
  box("c", 1, 220, 420, 310, 600),
  box("d", 2, 440, 640),
  box("refused", null, 660, 700),
  box("e", null, 720, 800),
];

test.each([
  [100, 100, { to: "join", id: "a" }],
  [100, 20, { to: "place", before: 0 }],
  [100, 190, { to: "place", before: 1 }],
  [100, 208, { to: "place", before: 1 }],
  [100, 213, { to: "place", before: 1 }],
  [100, 320, { to: "join", id: "b" }],
  [500, 320, { to: "join", id: "c" }],
  [308, 320, { to: "join", id: "c" }],
  [500, 415, { to: "place", before: 2 }],
  [100, -300, { to: "place", before: 0 }],
  [900, 100, { to: "join", id: "a" }],
  [100, 680, { to: "refuse" }],
  [100, 760, { to: "refuse" }],
  [100, 2000, { to: "refuse" }],
])("at %i, %i", (x, y, target) => {
  expect(targetAt(x, y, "d", BOXES)).toEqual(target);
});

test("over itself nothing would happen", () => {
  expect(targetAt(100, 540, "d", BOXES)).toBeNull();
});

test("below the last place, with nothing unacceptable, is the end", () => {
  expect(targetAt(100, 900, "a", BOXES.slice(0, 4))).toEqual({ to: "place", before: 3 });
});

test("on a long card the edges stay small", () => {
  expect(targetAt(0, 100, "x", [box("a", 0, 0, 1000)])).toEqual({ to: "join", id: "a" });
});
