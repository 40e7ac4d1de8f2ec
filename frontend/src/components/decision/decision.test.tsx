import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { DecisionDialog, type Asking, type Settled } from "./DecisionDialog";
import { keyOf, OF_MESSAGES, OF_PEOPLE, reasonAt } from "./reasons";
import { dayOf, endOf } from "./until";

function ask(more: Partial<Asking> = {}) {
  const decide = vi.fn<(settled: Settled) => void>();
  render(
    <DecisionDialog
      open
      title="Delete?"
      go="Delete it"
      reasons={OF_MESSAGES}
      onClose={() => undefined}
      onDecide={decide}
      {...more}
    />,
  );
  const form = document.querySelector("form")!;
  return { decide, form, hand: () => fireEvent.submit(form) };
}

describe("keys of reasons", () => {
  test.each([OF_MESSAGES, OF_PEOPLE])("are 1 to 9 in order, and 0 for what is not listed", (...offered) => {
    const list = offered.filter((one) => typeof one === "string");
    expect(keyOf(list[0]!, list)).toBe("1");
    expect(reasonAt("9", list)).toBe(list[8]);
    expect(reasonAt("0", list)).toBe("other");
    const keys = list.map((one) => keyOf(one, list)).filter(Boolean);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("a reason that is not offered has none", () => {
    expect(keyOf("spam", ["hate"])).toBeNull();
    expect(reasonAt("0", ["hate"])).toBeUndefined();
  });
});

describe("until when", () => {
  const now = Date.UTC(2026, 0, 10, 12);

  test("is counted from now, is never for good, and a day that is over is none", () => {
    expect(endOf(7, "", now)).toBe("2026-01-17T12:00:00.000Z");
    expect(endOf("good", "", now)).toBeNull();
    expect(endOf("day", "", now)).toBeUndefined();
    expect(endOf("day", "2026-01-02", now)).toBeUndefined();
    expect(endOf("day", "2026-02-01", now)).toBe(new Date("2026-02-01T23:59:59").toISOString());
  });

  test("a date field is given the day as it is here", () => {
    expect(dayOf(new Date(2026, 2, 5, 23, 59).getTime())).toBe("2026-03-05");
  });
});

describe("a decision", () => {
  test("is made with two keys, and puts no words into anybody’s mouth", () => {
    const { decide, form, hand } = ask();
    fireEvent.keyDown(form, { key: "2" });
    expect(document.querySelector<HTMLInputElement>('[value="hate"]')!.checked).toBe(true);
    hand();
    expect(decide).toHaveBeenCalledWith({
      reason: "hate",
      why: "",
      until: null,
    });
  });

  test("digits that are written choose nothing", () => {
    const { form } = ask();
    const words = form.querySelector("textarea")!;
    fireEvent.keyDown(words, { key: "2" });
    expect(document.querySelector<HTMLInputElement>('[value="spam"]')!.checked).toBe(true);
  });

  test("for another reason needs words", () => {
    const { decide, form, hand } = ask();
    fireEvent.keyDown(form, { key: "0" });
    hand();
    expect(decide).not.toHaveBeenCalled();
    fireEvent.change(form.querySelector("textarea")!, { target: { value: " an odd thing " } });
    hand();
    expect(decide).toHaveBeenCalledWith({ reason: "other", why: "an odd thing", until: null });
  });

  test("up to a day waits until one is named; for good has no end", () => {
    const { decide, form, hand } = ask({ until: { forGood: true, first: "day" } });
    hand();
    expect(decide).not.toHaveBeenCalled();
    fireEvent.click(screen.getByLabelText("For good"));
    fireEvent.submit(form);
    expect(decide).toHaveBeenCalledWith(expect.objectContaining({ until: null }));
  });

  test("that needs no reason and no words is made by Ctrl and Enter", () => {
    const { decide, form } = ask({ reasons: [], wordless: true });
    fireEvent.keyDown(form.querySelector("textarea")!, { key: "Enter", ctrlKey: true });
    expect(decide).toHaveBeenCalledWith({ reason: "", why: "", until: null });
  });
});
