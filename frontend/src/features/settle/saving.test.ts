import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { Problem } from "@/api/problems";
import { saving, useSaving } from "./saving";

test("a refusal stays until it is mended; a word of thanks goes by itself", () => {
  const refused = { at: "refused" as const, problem: new Problem({ code: "bad", status: 400 }) };
  expect(saving(refused, { do: "rest" })).toBe(refused);
  expect(saving({ at: "saved", undo: null }, { do: "rest" })).toEqual({ at: "rest" });
});

test("what is kept says how to take it back", async () => {
  const sent: string[] = [];
  const { result } = renderHook(() => useSaving(async (name: string) => void sent.push(name)));
  await act(async () => void (await result.current.save("new", "old")));
  expect(sent).toEqual(["new"]);
  expect(result.current.now).toEqual({ at: "saved", undo: "old" });
});

test("of two changes the later one is told of, whichever answer comes last", async () => {
  const answers: Record<string, () => void> = {};
  const { result } = renderHook(() =>
    useSaving((name: string) => new Promise<void>((resolve) => void (answers[name] = resolve))),
  );
  let first!: Promise<boolean>;
  let second!: Promise<boolean>;
  act(() => {
    first = result.current.save("first", "a");
    second = result.current.save("second", "b");
  });
  await act(async () => {
    answers["second"]!();
    await second;
    answers["first"]!();
    await first;
  });
  expect(result.current.now).toEqual({ at: "saved", undo: "b" });
});

test("a refusal carries the server's words", async () => {
  const problem = new Problem({ code: "bad_languages", status: 400, detail: "Choose between 1 and 20." });
  const { result } = renderHook(() => useSaving(() => Promise.reject(problem)));
  let kept = true;
  await act(async () => {
    kept = await result.current.save("x");
  });
  expect(kept).toBe(false);
  expect(result.current.now).toEqual({ at: "refused", problem });
});
