import { describe, expect, test } from "vitest";
import { changesOf } from "./changes";

describe("what a decision changed", () => {
  test("is told column by column: the conversation, the person, then each message", () => {
    const before = {
      messages: { m1: { deleted: false }, m2: { deleted: false } },
      tree: { state: "growing" },
    };
    const after = {
      messages: { m1: { deleted: true }, m2: { deleted: true } },
      tree: { state: "halted_by_moderator" },
    };
    expect(changesOf({ before, after }).map(({ of, id, column }) => [of, id, column])).toEqual([
      ["tree", "", "state"],
      ["message", "m1", "deleted"],
      ["message", "m2", "deleted"],
    ]);
    expect(changesOf({ before, after })[0]).toMatchObject({
      before: "growing",
      after: "halted_by_moderator",
    });
  });

  test("shows what there was not before, and what is not there any more", () => {
    const changes = changesOf({
      before: { person: { banned_until: null } },
      after: { person: { is_active: false } },
    });
    expect(changes).toEqual([
      { of: "person", id: "", column: "banned_until", before: null, after: undefined },
      { of: "person", id: "", column: "is_active", before: undefined, after: false },
    ]);
  });

  test("whatever else stands there is shown too, and nothing is nothing", () => {
    expect(changesOf({ before: {}, after: { reports: 2 } })).toEqual([
      { of: "other", id: "", column: "reports", before: undefined, after: 2 },
    ]);
    expect(changesOf({ before: {}, after: {} })).toEqual([]);
    expect(changesOf({ before: null, after: "odd" })).toEqual([]);
  });
});
