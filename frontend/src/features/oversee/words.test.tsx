import { render } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { Parts } from "./Parts";
import { StatusChips } from "./StatusChips";
import { ShareWords, Whisker } from "./Whisker";

const IN_ORDER = { is_active: true, muted_until: null, banned_until: null, watched: false };

describe("a share in words", () => {
  test("has its interval, or says that nothing can be said", () => {
    const said = (n: number, good: number) =>
      render(<ShareWords good={good} of={{ n, rate: good / n, low: 0.6, high: 0.8 }} />).container
        .textContent;
    expect(said(80, 57)).toBe("57 of 80, 60% to 80%");
    expect(said(3, 2)).toBe("2 of 3: too few to say.");
    expect(said(0, 0)).toBe("Nothing to go by yet.");
  });

  test("is drawn from its lower to its upper end, with the dot between", () => {
    const { container } = render(<Whisker of={{ rate: 0.5, low: 0.25, high: 0.75 }} />);
    expect(container.querySelector("circle")!.getAttribute("cx")).toBe("100");
    expect(container.querySelectorAll("path")[1]!.getAttribute("d")).toContain("M52 10H148");
  });
});

describe("a status", () => {
  test("says all that is out of the ordinary, and until when", () => {
    const of = { ...IN_ORDER, is_active: false, muted_until: "2026-12-01T10:00:00Z", watched: true };
    const chips = [...render(<StatusChips of={of} />).container.querySelectorAll("li")];
    const said = chips.map((chip) => chip.textContent);
    expect(said[0]).toBe("shut out");
    expect(said[1]).toContain("muted until Dec 1, 2026");
    expect(said[2]).toBe("checked twice");
  });

  test("of an account in order is said only where it is asked for", () => {
    expect(render(<StatusChips of={IN_ORDER} />).container.textContent).toBe("in order");
    expect(render(<StatusChips of={IN_ORDER} quiet />).container.textContent).toBe("");
  });
});

test("what a figure is made of is said in words, the most first, and nothing of what is not", () => {
  const { container } = render(<Parts of={{ rejected: 2, spam: 5, deleted: 0, newly_invented: 1 }} />);
  const said = [...container.querySelectorAll("li")].map((part) => part.textContent);
  expect(said).toEqual(["5 marked as spam", "2 not accepted", "newly_invented: 1"]);
});
