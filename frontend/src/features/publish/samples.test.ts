import { describe, expect, it } from "vitest";
import { grown, pruned, sizeOf, type Node } from "./samples";
import { sample } from "./testing";

const shape = (node: Node): string => `${node.id}(${node.children.map(shape).join(" ")})`;

const TREE = grown(
  sample("p", [sample("b", [], 1), sample("c"), sample("a", [sample("aa"), sample("ab")], 0)]),
);

describe("a sample", () => {
  it("has the best replies first, and those without a rank last", () => {
    expect(shape(TREE)).toBe("p(a(aa() ab()) b() c())");
  });

  it("says of how many a reply is the best", () => {
    expect(TREE.children.map(({ ranked }) => ranked)).toEqual([
      { place: 1, all: 2 },
      { place: 2, all: 2 },
      null,
    ]);
  });

  it("is as large as it has messages", () => expect(sizeOf(TREE)).toBe(6));
});

describe("a part of a sample", () => {
  it("is what is nearest to the prompt, and never lacks what its messages reply to", () => {
    expect(shape(pruned(TREE, 3))).toBe("p(a() b())");
    expect(shape(pruned(TREE, 5))).toBe("p(a(aa()) b() c())");
  });

  it("is all of it where that is little", () => expect(shape(pruned(TREE, 6))).toBe(shape(TREE)));
});
