import { describe, expect, test } from "vitest";
import { read as file } from "@/test/files";
import { asAddress, asQuery, countOf, fileOf, readFilters, VERBS } from "./filters";

const read = (address: string) => readFilters(new URLSearchParams(address));
const ID = "0199a0c0-1111-7222-8333-444455556666";

describe("the address of a log", () => {
  test("comes back as it was written", () => {
    const address = `verb=delete&reason=spam&who=people&undone=no&since=2026-01-02&until=2026-01-03&person=${ID}`;
    expect(asAddress(read(address)).toString()).toBe(address);
    expect(countOf(read(address))).toBe(7);
  });

  test("leaves out what makes no sense", () => {
    expect(asAddress(read("verb=shout&reason=why&who=me&since=yesterday&by=1&odd=1")).toString()).toBe("");
  });
});

describe("what the API is asked", () => {
  test("days are whole days of this browser", () => {
    const { since, until } = asQuery(read("since=2026-01-02&until=2026-01-02"));
    expect(new Date(until!).getTime() - new Date(since!).getTime()).toBe(86_400_000);
    expect(new Date(since!).getHours()).toBe(0);
  });

  test("who and undone are yes, no, or not asked", () => {
    expect(asQuery(read("who=system&undone=no"))).toEqual({ system: true, undone: false });
    expect(asQuery(read(""))).toEqual({});
  });

  test("the files have the same filters as the page", () => {
    expect(fileOf(read(""), "csv")).toBe("/api/v1/moderation/decisions.csv");
    expect(fileOf(read(`verb=ban&by=${ID}`), "jsonl")).toBe(
      `/api/v1/moderation/decisions.jsonl?verb=ban&by=${ID}`,
    );
  });
});

test("every decision is told in words", () => {
  const { log } = JSON.parse(file("src", "locales", "en", "moderate.json")) as {
    log: { said: Record<string, string>; verb: Record<string, string> };
  };
  expect(Object.keys(log.said).sort()).toEqual([...VERBS].sort());
  expect(Object.keys(log.verb).sort()).toEqual([...VERBS].sort());
});
