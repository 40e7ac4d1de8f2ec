import { describe, expect, test } from "vitest";
import { boxOf, curveOf, decades, middleOf, moved, placeOn, shadeOf, stepOf } from "./scale";

describe("the colour of a correlation", () => {
  test.each([
    [0, 0],
    [0.049, 0],
    [-0.049, 0],
    [0.05, 1],
    [-0.1, -2],
    [0.29, 3],
    [0.3, 4],
    [-0.5, -5],
    [1, 5],
  ])("of %f is step %i", (value, step) => {
    expect(stepOf(value)).toBe(step);
  });

  test("has the same strength on either side, in another colour", () => {
    expect([shadeOf(stepOf(0.2)), shadeOf(stepOf(-0.2)), shadeOf(stepOf(-0))]).toEqual([
      "warm3",
      "cold3",
      "even",
    ]);
  });
});

describe("the place of a cell", () => {
  const size = { rows: 4, columns: 2 };

  test("is its row and column", () => {
    expect(boxOf(1, 0, { ...size, rtl: false })).toEqual({ x: "0%", y: "25%", width: "50%", height: "25%" });
  });

  test("begins on the right where lines do", () => {
    expect(boxOf(1, 0, { ...size, rtl: true }).x).toBe("50%");
  });

  test("has its words in the middle", () => {
    expect(middleOf(boxOf(3, 1, { ...size, rtl: false }))).toEqual({ x: "75%", y: "87.5%" });
  });
});

describe("a key", () => {
  const around = { rows: 3, columns: 3, rtl: false, far: false };
  const middle = { row: 1, column: 1 };

  test.each([
    ["ArrowUp", { row: 0, column: 1 }],
    ["ArrowDown", { row: 2, column: 1 }],
    ["ArrowRight", { row: 1, column: 2 }],
    ["ArrowLeft", { row: 1, column: 0 }],
    ["Home", { row: 1, column: 0 }],
    ["End", { row: 1, column: 2 }],
    ["Enter", null],
  ])("%s leads from cell to cell", (key, to) => {
    expect(moved(middle, key, around)).toEqual(to);
  });

  test("goes where it points, whichever way lines run", () => {
    expect(moved(middle, "ArrowRight", { ...around, rtl: true })).toEqual({ row: 1, column: 0 });
  });

  test("stops at the edge", () => {
    expect(moved({ row: 0, column: 2 }, "ArrowUp", around)).toEqual({ row: 0, column: 2 });
    expect(moved({ row: 0, column: 2 }, "ArrowRight", around)).toEqual({ row: 0, column: 2 });
  });

  test("with Ctrl leads to the first and the last cell of all", () => {
    expect(moved(middle, "Home", { ...around, far: true })).toEqual({ row: 0, column: 0 });
    expect(moved(middle, "End", { ...around, far: true })).toEqual({ row: 2, column: 2 });
  });
});

test("a curve starts at the bottom left and rises", () => {
  expect(curveOf([[0, 0], [0.25, 0.5], [1, 1]], 200)).toBe("M0 200L50 100L200 0"); // prettier-ignore
});

describe("a scale of tenfold steps", () => {
  test("holds every number", () => {
    expect(decades([0.003, 0.0004, null, 0.02])).toEqual({ from: -4, to: -1 });
  });

  test("needs no more room for a power of ten", () => {
    expect(decades([0.001, 0.1])).toEqual({ from: -3, to: -1 });
  });

  test("is never without length, and there without numbers", () => {
    expect(decades([0.01])).toEqual({ from: -2, to: -1 });
    expect(decades([null, 0])).toEqual({ from: -4, to: 0 });
  });

  test("has equal steps, and keeps what is too small at its foot", () => {
    const scale = { from: -4, to: 0 };
    expect(placeOn(scale, 0.01)).toBeCloseTo(0.5);
    expect(placeOn(scale, 1)).toBe(1);
    expect(placeOn(scale, -0.2)).toBe(0);
  });
});
