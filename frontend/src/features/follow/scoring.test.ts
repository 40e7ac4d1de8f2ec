import { describe, expect, test } from "vitest";
import type { Machine } from "@/api/screening";
import { piecesOf } from "./Opinion";
import { areAwaited, lackOf, pauseAfter, peakOf } from "./scoring";
import { message } from "./testing";

const MACHINE = {
  enabled: true, state: "ready", state_text: "", model: "multilingual", checksum: "", precision: "", waiting: 0,
  set_aside: 0, languages: ["en", "pt"], last_scored_at: null, downloaded_mb: null, download_mb: null,
  problem: "", remedy: "",
} satisfies Machine; // prettier-ignore
const SCORES = {
  toxicity: 0.4, severe_toxicity: 0, obscene: 0.1, identity_attack: 0, insult: 0.6, threat: 0,
}; // prettier-ignore
const mine = { ...message("p"), labels: {} };

describe("why there are no scores", () => {
  test.each([
    ["reading", MACHINE, "pt-BR"],
    ["notSupported", MACHINE, "eu"],
    ["missing", { ...MACHINE, state: "missing" }, "en"],
    ["downloading", { ...MACHINE, state: "downloading" }, "en"],
    ["away", { ...MACHINE, state: "unknown" }, "en"],
    ["notSupported", { ...MACHINE, state: "missing" }, "eu"],
    ["off", { ...MACHINE, enabled: false, state: "off" }, "en"],
    ["unknown", undefined, "en"],
  ] as const)("%s", (lack, machine, lang) => {
    expect(lackOf(machine, lang)).toBe(lack);
  });
});

describe("scores are waited for", () => {
  test("while one message lacks them that this person may see", () => {
    expect(areAwaited([mine], MACHINE)).toBe(true);
    expect(areAwaited([{ ...mine, detoxify: SCORES }], MACHINE)).toBe(false);
    expect(areAwaited([{ ...mine, labels: null }], MACHINE)).toBe(false);
    expect(areAwaited([{ ...mine, deleted: true }], MACHINE)).toBe(false);
  });

  test("only where the machine can read and is at work", () => {
    expect(areAwaited([{ ...mine, lang: "eu" }], MACHINE)).toBe(false);
    expect(areAwaited([mine], { ...MACHINE, state: "missing" })).toBe(false);
    expect(areAwaited([mine], undefined)).toBe(false);
  });

  test("ever more slowly, and no longer than a minute", () => {
    expect([0, 10_000, 30_000, 60_000].map(pauseAfter)).toEqual([2_000, 4_000, 10_000, false]);
  });
});

test("the highest score is the one that is named, of models that give six too", () => {
  expect(peakOf(SCORES)).toEqual({ name: "insult", value: 0.6 });
});

test("pieces of personal data are counted as the server counts, and named once", () => {
  const found = [
    { kind: "email", start: 2, end: 5 },
    { kind: "email", start: 6, end: 9 },
  ] as const;
  expect(piecesOf("🌳 a@b a@b", [...found])).toEqual([{ kind: "email", piece: "a@b" }]);
});
