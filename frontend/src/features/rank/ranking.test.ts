import { describe, expect, test } from "vitest";
import { answerOf, begun, draftOf, letterOf, rank, shown, standOf, type Move, type Ranking } from "./ranking";

/** "a=b c | d" is a and b sharing the first place, c after them, d unacceptable. */
function order(words: string): Ranking {
  const [ranked = "", refused = ""] = words.split("|");
  const places = ranked.split(" ").filter(Boolean);
  return {
    tiers: places.map((tier) => tier.split("=")),
    unacceptable: refused.split(" ").filter(Boolean),
    notRankable: false,
    touched: false,
  };
}

function words({ tiers, unacceptable }: Ranking): string {
  const ranked = tiers.map((tier) => tier.join("=")).join(" ");
  return unacceptable.length > 0 ? `${ranked} | ${unacceptable.join(" ")}` : ranked;
}

const after = (from: string, move: Move) => words(rank(order(from), move));

describe("one step", () => {
  test.each([
    ["a b c", "up", "b", "b a c"],
    ["a b c", "up", "a", "a b c"],
    ["a=b c", "up", "c", "c a=b"],
    ["a=b c", "up", "b", "b a c"],
    ["a b=c=d", "up", "c", "a c b=d"],
    ["a b c", "down", "b", "a c b"],
    ["a b c", "down", "c", "a b c"],
    ["a b=c", "down", "a", "b=c a"],
    ["a=b c", "down", "a", "b a c"],
    ["a b=c", "down", "b", "a c b"],
    ["a b | c", "up", "c", "a b c"],
    ["a b | c", "down", "c", "a b | c"],
    ["a b | c", "down", "b", "a b | c"],
    ["a b c", "tie", "b", "a=b c"],
    ["a b c", "tie", "a", "a b c"],
    ["a=b c", "tie", "c", "a=b=c"],
    ["a=b c", "tie", "b", "a b c"],
    ["a=b=c d", "tie", "a", "b=c a d"],
    ["a b | c", "tie", "c", "a b=c"],
    ["| a", "tie", "a", " | a"],
    ["a b c", "refuse", "b", "a c | b"],
    ["a=b c", "refuse", "a", "b c | a"],
    ["a c | b", "refuse", "b", "a c b"],
    ["a", "refuse", "a", " | a"],
  ] as const)("%s: %s %s makes %s", (from, move, id, to) => {
    expect(after(from, { move, id })).toBe(to);
  });
});

describe("what is dropped", () => {
  test.each([
    ["a b c", { move: "place", id: "c", before: 0 }, "c a b"],
    ["a b c", { move: "place", id: "a", before: 3 }, "b c a"],
    ["a b c", { move: "place", id: "a", before: 2 }, "b a c"],
    ["a b c", { move: "place", id: "b", before: 1 }, "a b c"],
    ["a b c", { move: "place", id: "b", before: 2 }, "a b c"],
    ["a=b c", { move: "place", id: "a", before: 1 }, "b a c"],
    ["a=b c", { move: "place", id: "b", before: 0 }, "b a c"],
    ["a b | c", { move: "place", id: "c", before: 0 }, "c a b"],
    ["a b c", { move: "join", id: "c", to: "a" }, "a=c b"],
    ["a=b c", { move: "join", id: "a", to: "c" }, "b c=a"],
    ["a=b", { move: "join", id: "a", to: "b" }, "b=a"],
    ["a b | c", { move: "join", id: "c", to: "b" }, "a b=c"],
    ["a b | c", { move: "join", id: "a", to: "c" }, "a b | c"],
    ["a b", { move: "join", id: "a", to: "a" }, "a b"],
  ] as const)("%s: %o makes %s", (from, move, to) => {
    expect(after(from, move)).toBe(to);
  });
});

describe("what two compared come to", () => {
  test.each([
    ["a b c", "c", "a", "c a b"],
    ["a b c", "a", "c", "a b c"],
    ["a=b c", "b", "a", "b a c"],
    ["a | b c", "c", "a", "c a | b"],
    ["a | b c", "c", "b", "a c | b"],
    ["a | b", "a", "b", "a | b"],
  ])("%s: %s better than %s makes %s", (from, id, to, end) => {
    expect(after(from, { move: "prefer", id, to })).toBe(end);
  });
});

test("no move ever loses a reply, doubles one or leaves a place empty", () => {
  // A walk through a thousand moves of all kinds; the steps come from a fixed sequence, so a failure can be repeated.
  const ids = [..."abcdef"];
  let seed = 7;
  const draw = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const kinds: Move["move"][] = ["up", "down", "tie", "place", "join", "prefer", "refuse"];
  let ranking = begun({}, ids);
  for (let step = 0; step < 1000; step++) {
    const move = { move: kinds[draw(7)], id: ids[draw(6)], to: ids[draw(6)], before: draw(7) } as Move;
    ranking = rank(ranking, move);
    expect([...shown(ranking)].sort()).toEqual(ids);
    expect(ranking.tiers.every((tier) => tier.length > 0)).toBe(true);
  }
});

test("all wrong is a switch of its own and leaves the order alone", () => {
  const wrong = rank(order("a=b c"), { move: "allWrong" });
  expect(wrong).toMatchObject({ notRankable: true, touched: false });
  expect(words(wrong)).toBe("a=b c");
  expect(rank(wrong, { move: "allWrong" }).notRankable).toBe(false);
});

test("places are counted as people count: after two firsts comes a third", () => {
  expect(standOf(order("a=b c | d"), "a")).toEqual({ place: 1, of: 3, tiedWith: ["b"], refused: false });
  expect(standOf(order("a=b c | d"), "c")).toEqual({ place: 3, of: 3, tiedWith: [], refused: false });
  expect(standOf(order("a=b c | d"), "d").refused).toBe(true);
});

describe("a draft", () => {
  test("comes back as it was", () => {
    const made = rank(rank(begun({}, ["a", "b", "c"]), { move: "tie", id: "b" }), {
      move: "refuse",
      id: "c",
    });
    expect(begun(draftOf(made), ["a", "b", "c"])).toEqual(made);
  });
  test("of an untouched order still counts as untouched", () => {
    const wrong = rank(begun({}, ["a", "b"]), { move: "allWrong" });
    expect(begun(draftOf(wrong), ["a", "b"])).toMatchObject({ touched: false, notRankable: true });
  });
  test("that no longer fits is mended: strangers go, the missing come last", () => {
    const kept = { order: [["x"], ["b", "x", "b"]], unacceptable: ["y", "c"] };
    expect(words(begun(kept, ["a", "b", "c", "d"]))).toBe("b a d | c");
  });
});

describe("what is handed in", () => {
  test("ids for single places, lists for ties, the unacceptable apart", () => {
    const made = { ...order("b a=c | d"), touched: true };
    expect(answerOf(made)).toEqual({ order: ["b", ["a", "c"]], unacceptable: ["d"], not_rankable: false });
  });
  test("an untouched order goes in as it is shown", () => {
    expect(answerOf(order("a b"))).toEqual({ order: ["a", "b"], unacceptable: [], not_rankable: false });
  });
  test("who says that all are wrong and made no order sends none", () => {
    expect(answerOf({ ...order("a b"), notRankable: true })).toEqual({
      order: [],
      unacceptable: [],
      not_rankable: true,
    });
    expect(answerOf({ ...order("a b"), notRankable: true, touched: true }).order).toEqual(["a", "b"]);
  });
});

test("letters go on after Z", () => {
  expect([0, 14, 25, 26, 27].map(letterOf)).toEqual(["A", "O", "Z", "A1", "B1"]);
});
