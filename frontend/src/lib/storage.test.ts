import { beforeEach, expect, test } from "vitest";
import { draftKey } from "./drafts";
import { Outbox } from "./outbox";
import { forgetPerson, forgetSitting, keep, recall } from "./storage";

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test("of somebody who leaves nothing stays, and of others everything", () => {
  for (const person of ["ada", "bo"]) {
    keep(draftKey(person, "task"), { content: { text: "words" } });
    const outbox = new Outbox(person, () => Promise.resolve({ outcome: "away" }));
    outbox.put({ task: "task", answer: {}, key: "k", at: 1 });
    outbox.stop();
  }
  keep("oa.language", "de");
  expect(localStorage).toHaveLength(5);

  forgetPerson("ada");

  expect(Object.keys(localStorage).filter((key) => key.includes("ada"))).toEqual([]);
  expect(recall(draftKey("bo", "task"))).not.toBeNull();
  expect(localStorage).toHaveLength(3);
});

test("the next person in this tab is not led to a task that the one before set aside", () => {
  sessionStorage.setItem("oa.aside", "a task of somebody else");
  forgetSitting();
  expect(sessionStorage).toHaveLength(0);
});
