import { afterEach, describe, expect, test } from "vitest";
import {
  canonical,
  draftKey,
  isBlank,
  moveDraft,
  recallDraft,
  reconcile,
  submissionKey,
  tidyDrafts,
  type KeptDraft,
} from "./drafts";
import { keep } from "./storage";

interface Text {
  text?: string;
}
const blank: Text = {};
const local = (text: string, more: Partial<KeptDraft<Text>> = {}): KeptDraft<Text> => ({
  content: { text },
  base: 1,
  dirty: true,
  sent: [],
  at: 0,
  ...more,
});
const server = (text: string, revision = 1) => ({ content: { text }, revision });

afterEach(() => localStorage.clear());

describe("which draft to go on with", () => {
  test("nothing anywhere is a blank", () => {
    expect(reconcile(null, null, blank)).toEqual({ content: {}, base: null, dirty: false, theirs: null });
  });

  test("on another device the server's is shown", () => {
    expect(reconcile(null, server("theirs", 4), blank)).toEqual({
      content: { text: "theirs" },
      base: 4,
      dirty: false,
      theirs: null,
    });
  });

  test("what was typed here after the last save goes on from here", () => {
    expect(reconcile(local("mine, longer"), server("mine"), blank)).toMatchObject({
      content: { text: "mine, longer" },
      base: 1,
      dirty: true,
      theirs: null,
    });
  });

  test("nothing new here and something newer there: theirs", () => {
    const found = reconcile(local("old", { dirty: false }), server("new", 2), blank);
    expect(found).toMatchObject({ content: { text: "new" }, base: 2, dirty: false, theirs: null });
  });

  test("changed here and there: both are kept", () => {
    const found = reconcile(local("mine"), server("theirs", 2), blank);
    expect(found).toMatchObject({ content: { text: "mine" }, base: 1, dirty: true });
    expect(found.theirs).toEqual(server("theirs", 2));
  });

  test("one's own words that came back unconfirmed are no conflict", () => {
    const mine = local("mine and more", { sent: [canonical({ text: "mine" })] });
    expect(reconcile(mine, server("mine", 2), blank)).toMatchObject({
      content: { text: "mine and more" },
      base: 2,
      dirty: true,
      theirs: null,
    });
  });

  test("the server has lost it: what is here is sent again", () => {
    expect(reconcile(local("mine", { dirty: false }), null, blank)).toMatchObject({
      content: { text: "mine" },
      dirty: true,
    });
  });

  test("the same words in another order of keys are the same", () => {
    expect(canonical({ a: 1, b: { c: [1, { e: 2, d: 3 }] } })).toBe(
      canonical({ b: { c: [1, { d: 3, e: 2 }] }, a: 1 }),
    );
  });
});

test("an answer that says no is not blank; white space is", () => {
  expect(isBlank({ labels: { spam: 0 } })).toBe(false);
  expect(isBlank({ text: " \n", labels: {}, order: [[]] })).toBe(true);
});

describe("the key of a submission", () => {
  test("stays the same for the same answer, also after a reload", () => {
    const key = submissionKey("p", "t", { text: "a", not_rankable: false });
    expect(submissionKey("p", "t", { not_rankable: false, text: "a" })).toBe(key);
  });

  test("is another one for another answer", () => {
    expect(submissionKey("p", "t", { text: "a" })).not.toBe(submissionKey("p", "t", { text: "b" }));
  });

  test("leaves the draft beside it alone", () => {
    keep(draftKey("p", "t"), local("kept"));
    submissionKey("p", "t", { text: "kept" });
    expect(recallDraft<Text>("p", "t")).toMatchObject({ content: { text: "kept" }, dirty: true });
  });
});

test("a draft goes along when its task comes back under another id", () => {
  keep(draftKey("p", "old"), local("mine"));
  moveDraft("p", "old", "new");
  expect(recallDraft("p", "old")).toBeNull();
  expect(recallDraft<Text>("p", "new")?.content.text).toBe("mine");
});

test("tidying drops only what is old and on the server too", () => {
  const day = 86_400_000;
  keep(draftKey("p", "old-kept"), local("a", { dirty: false, at: 0 }));
  keep(draftKey("p", "old-unsent"), local("b", { dirty: true, at: 0 }));
  keep(draftKey("p", "young-kept"), local("c", { dirty: false, at: 50 * day }));
  tidyDrafts(100 * day);
  expect(recallDraft("p", "old-kept")).toBeNull();
  expect(recallDraft("p", "old-unsent")).not.toBeNull();
  expect(recallDraft("p", "young-kept")).not.toBeNull();
});
