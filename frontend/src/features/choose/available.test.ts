import { describe, expect, it } from "vitest";
import { askFor, onOffer } from "./available";

const counts = [
  { lang: "en", kind: "label_initial_prompt", open: 3 },
  { lang: "de", kind: "label_initial_prompt", open: 9 },
  { lang: "de", kind: "rank_assistant_replies", open: 0 },
  { lang: "fr", kind: "assistant_reply", open: 4 },
] as const;

describe("what is on offer", () => {
  it("adds up what is open in the chosen languages only", () => {
    const [label, ...others] = onOffer(counts, ["en", "de"]);
    expect(label).toMatchObject({ act: "label", open: 12 });
    expect(others.map((one) => one.open)).toEqual([0, 0]);
  });

  it("names the language with the most first", () => {
    const prompts = onOffer(counts, ["en", "de"])[0]!.kinds[0]!;
    expect(prompts.langs.map((one) => one.lang)).toEqual(["de", "en"]);
  });

  it("puts what nobody needs now last", () => {
    expect(onOffer(counts, ["fr"]).map((one) => one.act)).toEqual(["write", "label", "rank"]);
  });
});

describe("the address of a wish", () => {
  it("is short when anything will do", () => {
    expect(askFor({})).toBe("/task");
  });

  it("names one kind, or several, and languages", () => {
    expect(askFor({ kinds: ["assistant_reply"], langs: ["de", "en"] })).toBe(
      "/task?kind=assistant_reply&lang=de&lang=en",
    );
    expect(askFor({ kinds: ["rank_assistant_replies", "rank_prompter_replies"] })).toBe(
      "/task?kinds=rank_assistant_replies&kinds=rank_prompter_replies",
    );
  });
});
