import { expect, test } from "vitest";
import type { Answer } from "@/api/tasks";
import { remarksOn, REPLIES, walk, type Walk } from "./walk";

const answer = (rest: Partial<Answer>): Answer => ({ not_rankable: false, ...rest });
const { full, short, wrong } = REPLIES;

test("the walk leads from reviewing over ranking to writing, with a word after each", () => {
  let now: Walk = { at: "start" };
  const seen: string[] = [];
  now = walk(now, { do: "start" });
  while (now.at !== "end") {
    if (now.at === "doing") seen.push(now.act);
    now = now.at === "doing" ? walk(now, { do: "answer", answer: answer({}) }) : walk(now, { do: "next" });
  }
  expect(seen).toEqual(["label", "rank", "write"]);
  expect(walk(now, { do: "again" })).toEqual({ at: "start" });
});

test("an answer sent twice counts once", () => {
  const told = walk(
    { at: "doing", act: "rank" },
    { do: "answer", answer: answer({ order: [full, short, wrong] }) },
  );
  expect(walk(told, { do: "answer", answer: answer({}) })).toBe(told);
});

test.each([
  [{ spam: 0, fails_task: 1, quality: 0.25 }, ["same"]],
  [{ spam: 0, fails_task: 1, quality: 0.5 }, ["same"]],
  [{ spam: 1, fails_task: 1, quality: 0 }, ["label.spam"]],
  [{ spam: 1, fails_task: 0, quality: 1 }, ["label.spam", "label.fails", "label.quality"]],
  [{ spam: 0 }, ["label.open"]],
])("what is said to the labels %j", (labels, said) => {
  expect(remarksOn("label", answer({ labels }))).toEqual(said);
});

test.each([
  [{ order: [full, short, wrong] }, ["same"]],
  [{ order: [full, short], unacceptable: [wrong] }, ["same"]],
  [{ order: [[full, short], wrong] }, ["same"]],
  [{ order: [short, full, wrong] }, ["rank.shortFirst"]],
  [{ order: [wrong, full, short] }, ["rank.wrongFirst"]],
  [{ order: [full, wrong, short] }, ["rank.wrongAbove"]],
  [{ order: [[full, wrong], short] }, ["rank.wrongAbove"]],
  [{ order: [], not_rankable: true }, ["rank.notAll"]],
] satisfies [Partial<Answer>, string[]][])("what is said to the order %j", (given, said) => {
  expect(remarksOn("rank", answer(given))).toEqual(said);
});

test("a few words are told that they are few", () => {
  expect(remarksOn("write", answer({ text: "Because." }))).toEqual(["write.short"]);
  expect(
    remarksOn(
      "write",
      answer({ text: "Because the sun is on the other side of the Earth and our side is dark." }),
    ),
  ).toEqual(["write.done"]);
});
