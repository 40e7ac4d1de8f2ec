import { describe, expect, it } from "vitest";
import { run } from "@/components/Branches";
import { among, grown, ranked, threadThrough, type Arbour } from "./model";
import { message } from "./testing";
import { inSight, reading, start, type Move, type Place } from "./reading";

/** p has the replies a, b, c; a is followed by one thread, b forks. An id is its parent's and one letter. */
const TREE = grown([
  message("p"),
  message("pa", 0), message("paa"), message("paaa"),
  message("pb", 1), message("pba"), message("pbb"), message("pbba"),
  message("pc"),
])!; // prettier-ignore

const ids = (nodes: readonly { id: string }[]) => nodes.map((node) => node.id).join(" ");

function go(place: Place, ...moves: Move[]): Place {
  return moves.reduce((now, move) => reading(TREE, now, move), place);
}

describe("a tree", () => {
  it("knows what hangs below each message", () => {
    expect(TREE.nodes.get("p")?.below).toBe(8);
    expect(TREE.nodes.get("pb")?.below).toBe(3);
  });

  it("is nothing without a prompt", () => expect(grown([])).toBeNull());

  it("knows ranks among those that were ranked, places among all", () => {
    expect(ranked(TREE.nodes.get("pb")!)).toEqual({ place: 2, all: 2 });
    expect(ranked(TREE.nodes.get("pc")!)).toBeNull();
    expect(among(TREE.nodes.get("pc")!)).toEqual({ place: 3, all: 3 });
  });

  it("is drawn at one depth up to the next fork", () => {
    expect(ids(run(TREE.nodes.get("pa")!))).toBe("pa paa paaa");
    expect(ids(run(TREE.nodes.get("pb")!))).toBe("pb");
  });

  it("two hundred messages in one line are no trouble", () => {
    const line = Array.from({ length: 200 }, (_, depth) => message("p".repeat(depth + 1)));
    const tree = grown(line) as Arbour;
    expect(threadThrough(tree.root, {})).toHaveLength(200);
  });
});

describe("reading a thread", () => {
  const thread = start(TREE, "thread", null);

  it("begins at the prompt, along the first replies", () => {
    expect(ids(inSight(TREE, thread))).toBe("p pa paa paaa");
  });

  it("begins at the message of the address, else at the prompt", () => {
    expect(ids(inSight(TREE, start(TREE, "thread", "pbb")))).toBe("p pb pbb pbba");
    expect(start(TREE, "thread", "gone").current).toBe("p");
  });

  it("walks down to the end and no further, and up again", () => {
    const end = go(thread, { to: "next" }, { to: "next" }, { to: "next" });
    expect(end.current).toBe("paaa");
    expect(go(end, { to: "next" })).toBe(end);
    expect(go(end, { to: "previous" }).current).toBe("paa");
  });

  it("goes to the side where the thread last forked, round and round", () => {
    const deep = start(TREE, "thread", "paaa");
    expect(go(deep, { to: "sibling", by: 1 }).current).toBe("pb");
    expect(go(deep, { to: "sibling", by: -1 }).current).toBe("pc");
    expect(go(thread, { to: "sibling", by: 1 })).toBe(thread);
  });

  it("comes back to the reply it followed before", () => {
    const left = go(start(TREE, "thread", "pbb"), { to: "sibling", of: "pb", by: -1 });
    expect(left.current).toBe("pa");
    expect(ids(inSight(TREE, go(left, { to: "sibling", by: 1 })))).toBe("p pb pbb pbba");
  });
});

describe("reading the whole tree", () => {
  const whole = start(TREE, "tree", null);

  it("walks through all of it, but not through what is folded", () => {
    expect(ids(inSight(TREE, whole))).toBe("p pa paa paaa pb pba pbb pbba pc");
    expect(ids(inSight(TREE, go(whole, { to: "fold", id: "pb" })))).toBe("p pa paa paaa pb pc");
    expect(ids(inSight(TREE, go(whole, { to: "allFolded" })))).toBe("p");
  });

  it("opens what hides the message somebody goes to", () => {
    const place = go(whole, { to: "allFolded" }, { to: "message", id: "pbba" });
    expect(inSight(TREE, place).map((node) => node.id)).toContain("pbba");
  });

  it("stays at the message when the view changes", () => {
    const place = go(whole, { to: "message", id: "pbb" }, { to: "view", view: "thread" });
    expect(ids(inSight(TREE, place))).toBe("p pb pbb pbba");
  });

  it("folding again unfolds", () => {
    expect(go(whole, { to: "fold", id: "pa" }, { to: "fold", id: "pa" }).folded.size).toBe(0);
  });
});
