import { expect, test } from "vitest";
import { addTopics, MOST_TOPICS } from "./topicList";

test("several topics at once, separated as people separate them anywhere", () => {
  expect(addTopics(["bread"], " cycling, old   maps、植物، شعر ")).toEqual([
    "bread",
    "cycling",
    "old maps",
    "植物",
    "شعر",
  ]);
});

test("a topic is kept once, however it is spelled", () => {
  expect(addTopics(["Bread"], "bread, BREAD,,")).toEqual(["Bread"]);
});

test("no more topics than the server keeps", () => {
  const many = Array.from({ length: 40 }, (_, place) => `topic ${place}`).join(",");
  expect(addTopics([], many)).toHaveLength(MOST_TOPICS);
});
