import { describe, expect, test } from "vitest";
import { levelOf, likelyReason, sorted, thresholdsOf } from "./gauge";
import { asAddress, asQuery, countOf, readPlace } from "./place";
import { BEGINNING, hereIn, left, sifting, type Move, type Sifting } from "./sifting";
import { triaged } from "./testing";

const ITEMS = ["a", "b", "c"].map((id) => triaged(id));
const after = (...moves: Move[]) => moves.reduce(sifting, BEGINNING);
const here = (now: Sifting) => hereIn(ITEMS, now)?.message.id;
const ids = (now: Sifting) => left(ITEMS, now).map(({ message }) => message.id);
const handle = (id: string): Move => ({ do: "handle", id, how: "left", among: ITEMS });
const next: Move = { to: "next", among: ITEMS };
const previous: Move = { to: "previous", among: ITEMS };

describe("a list that gets shorter", () => {
  test("begins with its first, and is walked to its ends and no further", () => {
    expect(here(BEGINNING)).toBe("a");
    expect(here(after(next))).toBe("b");
    expect(here(after(next, next, next))).toBe("c");
    expect(here(after(next, previous, previous))).toBe("a");
  });

  test("after an act the next one comes at once, after the last one the one before", () => {
    const now = after(next, handle("b"));
    expect([here(now), ids(now)]).toEqual(["c", ["a", "c"]]);
    expect(here(sifting(now, handle("c")))).toBe("a");
    expect(here(after(handle("a"), handle("b"), handle("c")))).toBeUndefined();
  });

  test("what is taken back is there again, in its place, and looked at", () => {
    const now = after(handle("a"), handle("b"), { do: "undo", id: "a" });
    expect([here(now), ids(now)]).toEqual(["a", ["a", "c"]]);
    expect(now.trail).toEqual([{ id: "b", how: "left" }]);
  });

  test("what somebody else has done stays done, and is not ours to take back", () => {
    const now = after(handle("a"), { do: "lose", id: "a" });
    expect([here(now), ids(now), now.trail]).toEqual(["b", ["b", "c"], []]);
  });

  test("a message that the address names and that is not there is no obstacle", () => {
    expect(here(after({ to: "item", id: "z" }))).toBe("a");
  });
});

describe("the address", () => {
  const read = (address: string) => readPlace(new URLSearchParams(address));

  test("comes back as it was written", () => {
    const address = "kind=withheld&lang=de&role=assistant&judged=false&archived=true&message=m1";
    expect(asAddress(read(address)).toString()).toBe(address);
    expect(countOf(read(address))).toBe(4);
  });

  test("says nothing where everybody begins, or what makes no sense", () => {
    expect(asAddress(read("")).toString()).toBe("");
    expect(asAddress(read("kind=odd&role=king&judged=perhaps&archived=1")).toString()).toBe("");
  });

  test("asks only for what is set", () => {
    expect(asQuery(read("judged=false&message=m1"))).toEqual({ judged: false });
  });
});

describe("a gauge", () => {
  const limits = { low: 0.2, high: 0.7 };

  test.each([
    [0.2, "low"],
    [0.21, "between"],
    [0.7, "high"],
  ] as const)("%s is %s", (value, level) => {
    expect(levelOf(value, limits)).toBe(level);
  });

  test("has the thresholds of the policy, if it has some", () => {
    const values = { toxicity_machine_low: 0.2, toxicity_machine_high: 0.7 };
    expect(thresholdsOf(values, "machine")).toEqual(limits);
    expect(thresholdsOf(values, "people")).toBeNull();
    expect(thresholdsOf(undefined, "machine")).toBeNull();
  });

  test("the highest score is named first, and suggests why a text may go", () => {
    const { scores } = triaged("a", { threat: 0.9, insult: 0.95 });
    expect(
      sorted(scores)
        .slice(0, 2)
        .map(([name]) => name),
    ).toEqual(["insult", "threat"]);
    expect([likelyReason("insult"), likelyReason("threat"), likelyReason("sexual_explicit")]).toEqual([
      "hate", "violence", "sexual",
    ]); // prettier-ignore
  });
});
