import { describe, expect, test } from "vitest";
import { NO_ANSWER, Problem } from "@/api/problems";
import type { Task } from "@/api/tasks";
import { beginning, consequenceOf, flow, type Mode } from "./flow";
import { timesOf } from "./lease";
import { fits, tailOf, wishOf } from "@/api/wish";

const NOW = Date.parse("2030-01-01T12:00:00Z");
const later = "2030-01-01T13:00:00Z";
const earlier = "2030-01-01T11:59:00Z";
const task = (status: Task["status"], expires_at: string | null = later) => ({ status, expires_at }) as Task;
const problem = (code: string, status = 409) => new Problem({ code, status, detail: "Why.", remedy: "How." });
const working: Mode = { at: "working", problem: null };
const over = (code: string): Mode => ({ at: "over", ending: { code, detail: "", remedy: "" } });

describe("a task is opened", () => {
  test.each([
    [task("leased"), "working"],
    [task("leased", earlier), "lease_expired"],
    [task("expired"), "lease_expired"],
    [task("withdrawn"), "task_withdrawn"],
    [task("done"), "done"],
    [task("skipped"), "skipped"],
    [task("unskipped"), "task_closed"],
  ])("%o", (opened, expected) => {
    const mode = beginning(opened, NOW);
    expect(mode.at === "over" ? mode.ending.code : mode.at).toBe(expected);
  });

  test("its answer waits in the outbox", () => {
    expect(beginning(task("leased"), NOW, { refused: null })).toEqual({ at: "queued" });
    expect(beginning(task("expired"), NOW, { refused: null })).toEqual({ at: "queued" });
  });

  test("its answer was sent from another tab meanwhile", () => {
    expect(beginning(task("done"), NOW, { refused: null })).toMatchObject({ at: "over" });
  });

  test("its answer was refused while nobody looked", () => {
    const refused = { code: "label_missing", status: 422, detail: "Why.", remedy: "" };
    expect(beginning(task("leased"), NOW, { refused })).toMatchObject({
      at: "working",
      problem: { code: "label_missing" },
    });
  });
});

describe("handing in", () => {
  test("is under way only once", () => {
    const sending = flow(working, { type: "send" });
    expect(sending).toEqual({ at: "sending" });
    expect(flow(sending, { type: "send" })).toBe(sending);
    expect(flow(sending, { type: "skip" })).toBe(sending);
  });

  test.each([
    [problem(NO_ANSWER, 0), "queue"],
    [problem("try_again", 503), "queue"],
    [problem("lease_expired", 410), "takeBack"],
    [problem("seat_taken", 410), "over"],
    [problem("already_replied"), "over"],
    [problem("text_too_long", 422), "fix"],
    [problem("same_text_again"), "fix"],
    [problem("too_many_requests", 429), "fix"],
    [problem("terms_not_accepted", 403), "fix"],
  ])("a refusal means: %s", (refusal, expected) => {
    expect(consequenceOf(refusal)).toBe(expected);
  });

  test("what can be mended is said where it is mended", () => {
    const refusal = problem("same_text_again");
    expect(flow({ at: "sending" }, { type: "refuse", problem: refusal })).toEqual({
      at: "working",
      problem: refusal,
    });
  });

  test("what can't be mended ends the task, with the reason", () => {
    expect(flow({ at: "sending" }, { type: "refuse", problem: problem("task_withdrawn", 410) })).toEqual({
      at: "over",
      ending: { code: "task_withdrawn", detail: "Why.", remedy: "How." },
    });
  });

  test("news of the task don't disturb it", () => {
    const sending: Mode = { at: "sending" };
    expect(flow(sending, { type: "seen", task: task("done"), now: NOW })).toBe(sending);
  });
});

describe("time is over", () => {
  test("whoever is still writing is not interrupted", () => {
    expect(flow(working, { type: "seen", task: task("expired"), now: NOW })).toBe(working);
  });

  test("a task stopped by a moderator ends at once", () => {
    expect(flow(working, { type: "seen", task: task("withdrawn"), now: NOW })).toMatchObject({ at: "over" });
  });

  test("it can be had back", () => {
    const returning = flow(over("lease_expired"), { type: "takeBack" });
    expect(returning.at).toBe("returning");
    expect(flow(returning, { type: "seen", task: task("leased"), now: NOW })).toEqual(working);
  });

  test("unless somebody else has it", () => {
    const returning = flow(over("lease_expired"), { type: "takeBack" });
    const taken = flow(returning, { type: "refuse", problem: problem("seat_taken", 410) });
    expect(taken).toMatchObject({ at: "over", ending: { code: "seat_taken" } });
  });

  test("without an answer one may try again", () => {
    const returning = flow(over("lease_expired"), { type: "takeBack" });
    expect(flow(returning, { type: "refuse", problem: problem(NO_ANSWER, 0) })).toEqual(
      over("lease_expired"),
    );
  });

  test("what is over for another reason stays over, whatever the lease says", () => {
    const mode = over("already_replied");
    expect(flow(mode, { type: "seen", task: task("leased"), now: NOW })).toBe(mode);
  });
});

test("asking is refused, and asked again", () => {
  const refused = flow({ at: "asking" }, { type: "refuse", problem: problem("too_many_in_hand", 429) });
  expect(refused).toMatchObject({ at: "refused", problem: { code: "too_many_in_hand" } });
  expect(flow(refused, { type: "ask" })).toEqual({ at: "asking" });
});

describe("the wish in an address", () => {
  const read = (text: string) => wishOf(new URLSearchParams(text));

  test("any kind in all languages", () => {
    expect(read("")).toEqual({ kind: "any", wait: true });
    expect(tailOf(read(""))).toBe("");
  });

  test("comes through unchanged", () => {
    const tail = "?kinds=label_initial_prompt,label_assistant_reply&lang=de,pt-BR";
    expect(tailOf(read(tail))).toBe(tail);
  });

  test("may name a thing several times, and nonsense", () => {
    expect(read("kinds=label_initial_prompt&kinds=nonsense&lang=de&lang=en")).toEqual({
      kind: "any",
      kinds: ["label_initial_prompt"],
      langs: ["de", "en"],
      wait: true,
    });
  });

  test("is met by a task in hand of that kind and language only", () => {
    const wish = read("kind=assistant_reply&lang=de");
    expect(fits(wish, { kind: "assistant_reply", lang: "de" })).toBe(true);
    expect(fits(wish, { kind: "assistant_reply", lang: "en" })).toBe(false);
    expect(fits(wish, { kind: "initial_prompt", lang: "de" })).toBe(false);
  });
});

describe("a lease", () => {
  const minutes = (count: number) => count * 60_000;

  test("is not spoken of while there is time", () => {
    expect(timesOf(minutes(60), minutes(60), minutes(30))).toMatchObject({ short: false, extend: false });
  });

  test("is given longer to whoever works, before it is spoken of", () => {
    expect(timesOf(minutes(60), minutes(60), minutes(51))).toMatchObject({ short: false, extend: true });
    expect(timesOf(minutes(60), minutes(60), minutes(56))).toMatchObject({ short: true, extend: true });
  });

  test("of two minutes is measured in its own length", () => {
    expect(timesOf(minutes(2), minutes(2), minutes(0.5))).toMatchObject({ short: false, extend: false });
    expect(timesOf(minutes(2), minutes(2), minutes(1.5))).toMatchObject({ short: true, extend: true });
  });
});
