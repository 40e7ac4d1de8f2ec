import { describe, expect, test } from "vitest";
import { answersOf, begun, firstMissing, isAnswered, judge, keyOf, stepsOf, type Judgement } from "./judging";
import { FULL, SIMPLE } from "./questions.fixture";

const nothing: Judgement = { labels: {}, unsure: [] };
const FLAGS = ["lang_mismatch", "pii", "hate_speech"];

describe("the card", () => {
  test("asks the mandatory first and the flags together", () => {
    expect(stepsOf(FULL).map(keyOf)).toEqual(["spam", "fails_task", "flags", "quality", "toxicity"]);
    const [, late] = FULL;
    const turned = stepsOf([late!, { ...FULL[0]!, mandatory: true }]);
    expect(turned.map(keyOf)).toEqual(["spam", "fails_task"]);
  });
  test("asks a flag that is alone with yes and no", () => {
    expect(stepsOf(SIMPLE)[1]).toMatchObject({ kind: "choice", values: [1, 0] });
  });
});

describe("unanswered stays unanswered", () => {
  test("nothing is handed in that was not pressed", () => {
    expect(answersOf(nothing, stepsOf(FULL))).toEqual({});
  });
  test("can't tell is remembered, not sent, and takes an answer's place", () => {
    const answered = judge(nothing, { act: "answer", name: "quality", value: 0.5 });
    const unsure = judge(answered, { act: "unsure", name: "quality" });
    expect(unsure).toEqual({ labels: {}, unsure: ["quality"] });
    expect(isAnswered(unsure, stepsOf(FULL)[3]!)).toBe(true);
    expect(judge(unsure, { act: "unsure", name: "quality" })).toEqual(nothing);
    expect(judge(unsure, { act: "answer", name: "quality", value: 0 })).toEqual({
      labels: { quality: 0 },
      unsure: [],
    });
  });
  test("an answer can be taken back", () => {
    const answered = judge(nothing, { act: "answer", name: "spam", value: 0 });
    expect(judge(answered, { act: "clear", names: ["spam"] })).toEqual(nothing);
  });
  test("labels of another form are not sent", () => {
    expect(answersOf(begun({ labels: { violence: 1, spam: 0 } }), stepsOf(FULL))).toEqual({ spam: 0 });
  });
});

describe("flags", () => {
  const flag = (from: Judgement, name: string) => judge(from, { act: "flag", name, among: FLAGS });
  const nothingElse = (from: Judgement) => judge(from, { act: "nothingElse", among: FLAGS });

  test("one that is set says 1, and of the others nothing", () => {
    expect(flag(nothing, "pii").labels).toEqual({ pii: 1 });
    expect(flag(flag(nothing, "pii"), "pii").labels).toEqual({});
  });
  test("none of these says no to each that is not set", () => {
    expect(nothingElse(nothing).labels).toEqual({ lang_mismatch: 0, pii: 0, hate_speech: 0 });
    expect(nothingElse(flag(nothing, "pii")).labels).toEqual({ lang_mismatch: 0, pii: 1, hate_speech: 0 });
  });
  test("pressed again it takes the noes back and leaves what was set", () => {
    expect(nothingElse(nothingElse(flag(nothing, "pii"))).labels).toEqual({ pii: 1 });
  });
  test("who has said none of the others says no by taking a flag back", () => {
    expect(flag(nothingElse(flag(nothing, "pii")), "pii").labels).toEqual({
      lang_mismatch: 0,
      pii: 0,
      hate_speech: 0,
    });
  });
});

test("the first that must be answered is found", () => {
  const steps = stepsOf(FULL);
  expect(firstMissing(nothing, steps)).toBe(0);
  expect(firstMissing({ labels: {}, unsure: ["spam"] }, steps)).toBe(0);
  expect(firstMissing({ labels: { spam: 0 }, unsure: [] }, steps)).toBe(-1);
});
