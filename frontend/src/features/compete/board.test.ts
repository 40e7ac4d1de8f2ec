import { describe, expect, it } from "vitest";
import type { Board } from "@/api/community";
import { rowsOf, SHOWN } from "./board";

const entry = (place: number, isMe = false) => ({
  place,
  person_id: `p${place}`,
  display_name: `Person ${place}`,
  points: 1000 - place,
  is_me: isMe,
});

const board = (entries: Board["entries"], around: Board["entries"] = []): Board =>
  ({ period: "week", lang: "", starts: null, ends: null, entries, around, me: null }) as Board;

describe("the lines of a board", () => {
  const hundred = Array.from({ length: 100 }, (_, place) => entry(place + 1));

  it("are the best when I am among them", () => {
    const rows = rowsOf(board([entry(1), entry(2, true)], [entry(1), entry(2, true)]));
    expect(rows).toHaveLength(2);
  });

  it("jump to those around me when I am far behind", () => {
    const rows = rowsOf(board(hundred, [entry(249), entry(250, true), entry(251)]));
    expect(rows.slice(SHOWN)).toEqual(["gap", entry(249), entry(250, true), entry(251)]);
  });

  it("leave no gap where none is, and nobody twice", () => {
    const rows = rowsOf(board(hundred, [entry(20), entry(21, true), entry(22)]));
    expect(rows.slice(SHOWN - 1)).toEqual([entry(20), entry(21, true), entry(22)]);
  });
});
