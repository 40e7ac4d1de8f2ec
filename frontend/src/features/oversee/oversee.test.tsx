import { describe, expect, test } from "vitest";
import { goesBack, reached } from "./bulk/progress";
import { asAsked, asksNothing, EVERYTHING, fromForm, meant, toggled } from "./bulk/selection";
import { ceiling, enough, lasting, percent, placeOf } from "./figures";
import { MANNERS, offered } from "./people/acts";
import { ANYBODY, asPeopleQuery } from "./people/usePeople";
import { asAddress, readAddress } from "./useAddress";

describe("an address", () => {
  test("names only what differs from the beginning, and is read back", () => {
    const asked = { ...ANYBODY, search: "ada & co", sort: "name" };
    const address = asAddress(asked, ANYBODY).toString();
    expect(address).toBe("search=ada+%26+co&sort=name");
    expect(readAddress(new URLSearchParams(address), ANYBODY)).toEqual(asked);
    expect(readAddress(new URLSearchParams("other=1"), ANYBODY)).toEqual(ANYBODY);
  });

  test("that makes no sense asks for nothing of it", () => {
    expect(asPeopleQuery({ search: "", role: "king", status: "odd", sort: "best" })).toEqual({});
    expect(asPeopleQuery({ ...ANYBODY, status: "muted" })).toEqual({ status: "muted", sort: "newest" });
  });
});

describe("a selection", () => {
  const asked = { ...EVERYTHING, regex: "b.y", match_case: "true", deleted: "false", state: "odd" };

  test("without anything that narrows it means everything, and is not asked for", () => {
    expect(asksNothing({ ...EVERYTHING, match_case: "true", deleted: "true" })).toBe(true);
    expect(asksNothing({ ...EVERYTHING, lang: "de" })).toBe(false);
  });

  test("is asked as the API knows it", () => {
    expect(asAsked(asked)).toEqual({ regex: "b.y", match_case: true, deleted: false });
    expect(asAsked({ ...EVERYTHING, match_case: "true", text: "x" })).toEqual({ text: "x" });
  });

  test("ends after its last day, and a day that is none asks nothing", () => {
    const { since, until } = asAsked({ ...EVERYTHING, since: "2026-03-01", until: "2026-03-01" });
    expect(new Date(until!).getTime() - new Date(since!).getTime()).toBe(86_400_000);
    expect(asAsked({ ...EVERYTHING, since: "soon" })).toEqual({});
  });

  test("what a form does not ask stays as it was", () => {
    const form = new FormData();
    form.set("text", "  shoes ");
    const before = { ...EVERYTHING, text: "hats", match_case: "true", person: "p", lang: "de" };
    expect(fromForm(form, before)).toEqual({ ...before, text: "shoes", match_case: "" });
  });

  test("picked by hand means these and no others", () => {
    const picks = toggled(toggled(toggled(new Set(), "a"), "b"), "a");
    expect(meant(asked, picks)).toEqual({ match_case: false, ids: ["b"] });
    expect(meant(asked, toggled(picks, "b"))).toMatchObject({ regex: "b.y", match_case: true });
  });
});

describe("progress", () => {
  const batch = { total: 10, waiting: 4, done: 5, undone: 0, stands: 0 };

  test("counts what is done and what is refused", () => {
    expect(reached({ ...batch, state: "running" })).toEqual({ ready: 6, of: 10 });
  });

  test("on the way back counts only what had been done", () => {
    const back = { ...batch, state: "undoing", waiting: 0, done: 2, undone: 3, stands: 1 } as const;
    expect(reached(back)).toEqual({ ready: 4, of: 6 });
    expect([goesBack({ state: "undone" }), goesBack({ state: "done" })]).toEqual([true, false]);
  });
});

describe("figures", () => {
  test("few pieces say nothing", () => {
    expect(enough({ n: 4, rate: 1, low: 0.5, high: 1 })).toBe(false);
    expect(enough({ n: 5, rate: 1, low: 0.5, high: 1 })).toBe(true);
    expect(enough({ n: 5, rate: null, low: 0, high: 1 })).toBe(false);
  });

  test.each([
    [0, 5],
    [5, 5],
    [6, 10],
    [11, 20],
    [34, 50],
    [51, 100],
    [1000, 1000],
  ])("a scale for %i ends at %i", (highest, top) => {
    expect(ceiling(highest)).toBe(top);
  });

  test("a share lies on its line, at its ends if beyond", () => {
    expect([placeOf(0.25, 200), placeOf(-1, 200), placeOf(2, 200)]).toEqual([50, 0, 200]);
  });

  test("times are said in their largest unit, shares in per cent", () => {
    expect([lasting(45, "en"), lasting(90, "en"), lasting(7200, "en"), lasting(900, "en")]).toEqual([
      "45 seconds",
      "1.5 minutes",
      "2 hours",
      "15 minutes",
    ]);
    expect(percent(0.6097, "en")).toBe("61%");
  });
});

describe("what may be done about a person", () => {
  test("is offered in one order, and what is no such thing is not", () => {
    expect(offered(["note", "ask_purge", "ban", "warn"])).toEqual(["warn", "ban", "ask_purge"]);
    expect(offered(["note"])).toEqual([]);
  });

  test.each([
    ["warn", "mute", "unmute", "ban", "watch", "clear", "set_role", "ask_purge"],
    ["warn", "mute", "unban", "unwatch", "clear", "set_role", "ask_purge"],
  ] as const)("never has the same key twice at once", (...may) => {
    const keys = [...may.map((act) => MANNERS[act].key), "d", "u", "n"];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
