import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { Problem } from "@/api/problems";
import { read as file } from "@/test/files";
import { standingOf } from "./CaseDesk";
import { trailing, type Step } from "./desk";
import { remarksOf } from "./Judged";
import { asAddress, asQuery, CAUSES, readPlace } from "./place";
import { grouped as groupedReports } from "./Reports";
import { aCase, caseMessage, PERSON, report } from "./testing";
import { foldedThread } from "./thread";
import type { Case, CaseMessage, Verb } from "./types";
import { handsOf } from "./useDesk";
import { VerbBar } from "./VerbBar";
import { grouped, KEYS, likely, offered, REASONS } from "./verbs";
import { detailOf } from "./why";

interface Words {
  cause: Record<string, string>;
  verb: Record<string, string>;
  ask: Record<string, { title: string; lead: string; go: string }>;
  done: Record<string, string>;
}
const { cases: WORDS } = JSON.parse(file("src", "locales", "en", "moderate.json")) as { cases: Words };
const VERBS = Object.keys(KEYS) as Verb[];

describe("the address of the queue", () => {
  const read = (address: string) => readPlace(new URLSearchParams(address));

  test("comes back as it was written, and asks only for what narrows the list", () => {
    const address = "cause=report&lang=de&mine=true&case=c1";
    expect(asAddress(read(address)).toString()).toBe(address);
    expect(asQuery(read(address))).toEqual({ cause: "report", lang: "de", mine: true });
    expect(asQuery(read("cause=boredom"))).toEqual({});
  });
});

describe("decisions", () => {
  test("each cause and each decision has its words", () => {
    expect(Object.keys(WORDS.cause).sort()).toEqual([...CAUSES].sort());
    for (const words of [WORDS.verb, WORDS.ask, WORDS.done])
      expect(Object.keys(words).sort()).toEqual([...VERBS].sort());
  });

  // What may be offered together, as the rules of the server have it: one key means one thing.
  test.each([
    [["dismiss", "delete", "spam", "edit", "halt", "move", "warn", "mute", "ban", "watch"]],
    [["dismiss", "restore", "edit", "resume", "move", "warn", "mute", "ban", "watch"]],
    [["clear", "warn", "mute", "ban", "watch"]],
    [["uphold", "grant"]],
    [["confirm_purge", "call_off_purge"]],
  ] satisfies [Verb[]][])("have keys of their own: %s", (verbs) => {
    const keys = verbs.map((verb) => KEYS[verb]);
    expect(new Set(keys).size).toBe(keys.length);
    // The keys of the page itself: next, undo, open, back and forth.
    expect(keys.filter((key) => ["n", "u", "z", "o", "j", ".", "?"].includes(key))).toEqual([]);
  });

  test("about the person behind a message stand apart from those about the message", () => {
    const [about, people] = grouped(aCase({ verbs: ["ban", "delete", "dismiss", "warn"] }));
    expect([about, people]).toEqual([["dismiss", "delete"], ["warn", "ban"]]); // prettier-ignore
    expect(grouped(aCase({ subject: "person", verbs: ["ban", "clear"] }))).toEqual([["clear", "ban"], []]);
    expect(offered([])).toEqual([]);
  });

  test("begin with the reason that was given most often, where it is on offer", () => {
    const reports = [report("other", "1"), report("spam", "2"), report("hate", "3"), report("hate", "4")];
    const one = aCase({ message: caseMessage({ reports }) });
    expect(likely("delete", one)).toBe("hate");
    expect(likely("spam", one)).toBe("spam");
    expect(likely("dismiss", one)).toBeUndefined();
    expect(likely("uphold", one)).toBeUndefined();
  });

  test("else with what reviewers said, from a half on", () => {
    const labels = { spam: { value: 0.4, count: 2 }, sexual_content: { value: 0.6, count: 2 } };
    expect(likely("delete", aCase({ message: caseMessage({ labels }) }))).toBe("sexual");
    expect(REASONS.delete).toContain("sexual");
  });

  test("else with what the machine finds worst, where it is here for that", () => {
    const detoxify = { toxicity: 0.6, insult: 0.5, identity_attack: 0.8 };
    const message = caseMessage({ detoxify: detoxify as CaseMessage["detoxify"] });
    expect(likely("delete", aCase({ message }))).toBeUndefined();
    const causes = [{ code: "toxic", text: "", level: 1 }] as Case["causes"];
    expect(likely("delete", aCase({ message, causes }))).toBe("hate");
  });
});

describe("the trail of what one did", () => {
  const after = (...steps: Step[]) => steps.reduce(trailing, []).map(({ decision }) => decision);
  const did = (decision: string): Step => ({ did: { decision, case: "c" } });

  test("has the last at its end, and loses what was undone", () => {
    expect(after(did("a"), did("b"))).toEqual(["a", "b"]);
    expect(after(did("a"), did("b"), { undid: "a" })).toEqual(["b"]);
  });
});

describe("a thread", () => {
  test("is shown whole while it is short", () => {
    expect(foldedThread(["a", "b", "c", "d"])).toEqual({ head: [], hidden: [], tail: ["a", "b", "c", "d"] });
    expect(foldedThread([])).toEqual({ head: [], hidden: [], tail: [] });
  });

  test("has its middle folded when it is long; nothing is lost or shown twice", () => {
    const folded = foldedThread(["a", "b", "c", "d", "e"]);
    expect(folded).toEqual({ head: ["a"], hidden: ["b", "c"], tail: ["d", "e"] });
  });
});

describe("why it is here", () => {
  const why = (code: (typeof CAUSES)[number], level: number, one = aCase()) =>
    detailOf({ code, text: "", level }, one);

  test("people are counted where the level counts people", () => {
    expect(why("report", 3)).toEqual({ key: "report", count: 3 });
    expect(why("split", 7)).toMatchObject({ key: "reviews", count: 0 });
  });

  test("the worst that machine and people say is named with its share", () => {
    const scores = { toxicity: 0.8, severe_toxicity: 0, obscene: 0, identity_attack: 0, insult: 0.9, threat: 0, sexual_explicit: 0 }; // prettier-ignore
    const labels = { violence: { value: 0.5, count: 2 }, hate_speech: { value: 1, count: 3 } };
    const one = aCase({ message: caseMessage({ detoxify: scores, labels }) });
    expect(why("toxic", 1, one)).toEqual({ key: "toxic", score: "insult", shares: { share: 0.9 } });
    expect(why("people_high", 1, one)).toMatchObject({ label: "hate_speech", count: 3 });
  });

  test("where there is nothing to add, the server's words do", () => {
    expect(why("withheld", 1)).toBeNull();
    expect(why("toxic", 1)).toBeNull();
    expect(why("suspicious", 1, aCase({ message: null }))).toBeNull();
  });
});

describe("remarks", () => {
  const opinion = { language: "de", language_sure: 0.9, personal_data: [], twin_id: null, likeness: null };

  test("another language is one only where it is really another", () => {
    const lang = (tag: string) => remarksOf(caseMessage({ lang: tag, opinion })).otherLanguage;
    expect([lang("en"), lang("de"), lang("de-AT")]).toEqual([true, false, false]);
  });

  test("personal data is cut out by characters as Unicode counts them, each piece once", () => {
    const found = { kind: "email" as const, start: 2, end: 7 };
    const message = caseMessage({ text: "🌳 a@b.c", opinion: { ...opinion, personal_data: [found, found] } });
    expect(remarksOf(message).pieces).toEqual([{ kind: "email", piece: "a@b.c" }]);
  });
});

test("reports are grouped by reason, the commonest first", () => {
  const groups = groupedReports([report("spam", "1"), report("hate", "2"), report("hate", "3")]);
  expect(groups.map(({ reason, reports }) => [reason, reports.length])).toEqual([
    ["hate", 2],
    ["spam", 1],
  ]);
});

describe("in whose hands a case is", () => {
  test("one may decide what is one's own or nobody's, and nothing else", () => {
    expect(standingOf(aCase())).toEqual({ held: false, untaken: true, may: true });
    expect(standingOf(aCase({ mine: true, claimed_by: PERSON })).may).toBe(true);
    expect(standingOf(aCase({ claimed_by: PERSON })).may).toBe(false);
    expect(standingOf(aCase({ closed_at: "2026-01-01T00:00:00Z" })).may).toBe(false);
    expect(standingOf(aCase({ verbs: [] })).may).toBe(false);
    expect(standingOf(undefined).may).toBe(false);
  });

  test("a refusal names whoever has it", () => {
    const problem = (moderator: unknown) =>
      new Problem({ code: "in_other_hands", status: 409, ...({ moderator } as object) });
    expect(handsOf(problem("Carmen"))).toBe("Carmen");
    expect(handsOf(problem({ display_name: "Carmen" }))).toBe("Carmen");
    expect(handsOf(problem(null))).toBe("");
  });
});

describe("the bar of decisions", () => {
  function show(choose: ((verb: Verb) => void) | null) {
    const one = aCase({ verbs: ["dismiss", "delete", "spam", "ban"] });
    render(<VerbBar one={one} choose={choose} skip={null} undo={null} busy={false} />);
  }

  test("has one next step, and all others behind a press", async () => {
    const choose = vi.fn<(verb: Verb) => void>();
    show(choose);
    await userEvent.click(screen.getByRole("button", { name: "Leave it" }));
    expect(choose).toHaveBeenLastCalledWith("dismiss");
    await userEvent.keyboard(".");
    const all = screen.getByRole("dialog", { name: "All decisions" });
    expect(within(all).getAllByRole("button")).toHaveLength(5); // and the cross
    await userEvent.click(within(all).getByRole("button", { name: "Shut out" }));
    expect(choose).toHaveBeenLastCalledWith("ban");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("offers nothing where somebody else decides", () => {
    show(null);
    expect(screen.queryByRole("button", { name: "Leave it" })).toBeNull();
  });
});
