import { describe, expect, test } from "vitest";
import type { Task } from "@/api/tasks";
import { wishOf } from "@/api/wish";
import { cameSince } from "./listening";
import { named, otherKinds, otherLanguages } from "./offers";
import { waits } from "./waiting";

const task = { id: "t" } as Task;

describe("while one waits", () => {
  test("a task comes", () => {
    expect(waits({ at: "waiting" }, { type: "came", task })).toEqual({ at: "arrived", task });
  });

  test("a task that comes while one leaves is shown, not dropped", () => {
    const arrived = waits({ at: "leaving" }, { type: "came", task });
    expect(waits(arrived, { type: "gone" })).toEqual({ at: "arrived", task });
  });

  test("leaving fails: one still waits", () => {
    expect(waits(waits({ at: "waiting" }, { type: "leave" }), { type: "stay" })).toEqual({ at: "waiting" });
  });
});

test("only what came after one began to wait is news", () => {
  const since = "2030-01-01T12:00:00Z";
  expect(cameSince({ leased_at: "2030-01-01T12:05:00Z" }, since)).toBe(true);
  expect(cameSince({ leased_at: "2030-01-01T11:30:00Z" }, since)).toBe(false);
  expect(cameSince({ leased_at: null }, since)).toBe(false);
});

describe("what else there is", () => {
  const wish = wishOf(new URLSearchParams("kind=assistant_reply&lang=de"));
  const counts = [
    { lang: "de", kind: "label_assistant_reply", open: 3 },
    { lang: "en", kind: "label_assistant_reply", open: 90 },
    { lang: "de", kind: "initial_prompt", open: 5 },
    { lang: "de", kind: "assistant_reply", open: 2 },
    { lang: "de", kind: "rank_assistant_replies", open: 0 },
  ] as const;

  test("the other kinds in the wished languages, most first", () => {
    expect(otherKinds(counts, wish)).toEqual([
      { kind: "initial_prompt", open: 5 },
      { kind: "label_assistant_reply", open: 3 },
    ]);
  });

  test("the other languages one reads", () => {
    expect(otherLanguages(["de", "en", "fr"], wish)).toEqual(["en", "fr"]);
    expect(otherLanguages(["de", "en"], wishOf(new URLSearchParams()))).toEqual([]);
  });
});

test("a reason names the language and not its tag", () => {
  expect(named("No conversation in “de” needs anything.", "de", "German")).toBe(
    "No conversation in German needs anything.",
  );
  expect(named("Aucune conversation en « de » n’attend.", "de", "allemand")).toContain(
    "en allemand n’attend",
  );
  expect(named("In “de” nothing.", "e", "x")).toBe("In “de” nothing.");
});
