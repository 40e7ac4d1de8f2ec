import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox, type Sent } from "./outbox";

type Answers = Record<string, Sent<string>>;

function box(answers: Answers, log: string[] = [], person = "p") {
  const outbox = new Outbox<string, string>(person, (entry) => {
    log.push(`${entry.task} ${entry.key}`);
    return Promise.resolve(answers[entry.task] ?? { outcome: "away" });
  });
  return outbox;
}

const entry = (task: string, at = 0) => ({ task, answer: `answer of ${task}`, key: `key-${task}`, at });
const sent: Sent<string> = { outcome: "sent", result: "made" };
const refused: Sent<string> = {
  outcome: "refused",
  refusal: { code: "seat_taken", status: 410, detail: "Taken.", remedy: "" },
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

test("what waits is sent oldest first, each with its own key, and is gone then", async () => {
  const log: string[] = [];
  const outbox = box({ a: sent, b: sent }, log);
  outbox.put(entry("b", 2));
  outbox.put(entry("a", 1));
  await outbox.flush();
  expect(log).toEqual(["a key-a", "b key-b"]);
  expect(outbox.entries()).toEqual([]);
});

test("it survives the page", () => {
  box({}).put(entry("a"));
  expect(box({}).entries()).toMatchObject([{ task: "a", answer: "answer of a", refused: null }]);
});

test("while nobody answers it stays, and is tried again by itself with the same key", async () => {
  const log: string[] = [];
  const answers: Answers = {};
  const outbox = box(answers, log);
  outbox.put(entry("a"));
  await outbox.flush();
  expect(outbox.entries()).toHaveLength(1);
  answers["a"] = sent;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(log).toEqual(["a key-a", "a key-a"]);
  expect(outbox.entries()).toEqual([]);
});

test("a refusal is kept with its reason, told, and not sent again", async () => {
  const log: string[] = [];
  const heard: string[] = [];
  const outbox = box({ a: refused }, log);
  outbox.onHeard((one, said) => heard.push(`${one.task} ${said.outcome}`));
  outbox.put(entry("a"));
  await outbox.flush();
  await outbox.flush();
  expect(heard).toEqual(["a refused"]);
  expect(log).toHaveLength(1);
  expect(outbox.entries()[0]?.refused?.code).toBe("seat_taken");
});

test("two calls at once send once", async () => {
  const log: string[] = [];
  const outbox = box({ a: sent }, log);
  outbox.put(entry("a"));
  await Promise.all([outbox.flush(), outbox.flush()]);
  expect(log).toHaveLength(1);
});

test("nobody sends what somebody else on this device has written", async () => {
  box({}, [], "ada").put(entry("a"));
  const log: string[] = [];
  await box({ a: sent }, log, "benno").flush();
  expect(log).toEqual([]);
});
