import { describe, expect, it } from "vitest";
import type { PolicyField } from "./asking";
import { groupOf, set, valuesOf } from "./draft";
import { span, written } from "./words";

const goal: PolicyField = {
  name: "goal_tree_size",
  kind: "int",
  choices: null,
  help: "",
  default: 12,
  value: 12,
};
const hides: PolicyField = { ...goal, name: "toxicity_hides", kind: "bool", default: false, value: false };

describe("a draft of the policy", () => {
  it("knows only what is otherwise than in force", () => {
    expect(set(set({}, goal, "15"), goal, "12")).toEqual({});
    expect(set(set({}, goal, "15"), hides, true)).toEqual({ goal_tree_size: "15", toxicity_hides: true });
  });

  it("sends figures as numbers, and leaves to the server what is none", () => {
    const draft = { goal_tree_size: " 15 ", toxicity_hides: true };
    expect(valuesOf(draft, [goal, hides])).toEqual({ goal_tree_size: 15, toxicity_hides: true });
    expect(valuesOf({ goal_tree_size: "many" }, [goal])).toEqual({ goal_tree_size: "many" });
    expect(valuesOf({ goal_tree_size: "" }, [goal])).toEqual({ goal_tree_size: "" });
  });

  it("puts every field under one heading", () => {
    const names = [
      "goal_tree_size",
      "points_prompt",
      "auto_mod_red_flags",
      "toxicity_hides",
      "lease_minutes_write",
      "embargo_days",
    ];
    expect(names.map(groupOf)).toEqual(["growth", "points", "moderation", "machine", "people", "data"]);
    expect(groupOf("something_new")).toBe("growth");
  });
});

describe("words for figures", () => {
  it("says hours as people do", () => {
    expect(span(null, "en")).toBe("–");
    expect(span(0.5, "en")).toBe("30 minutes");
    expect(span(3.25, "en")).toBe("3.3 hours");
    expect(span(72, "en")).toBe("3 days");
  });

  it("writes what a policy says", () => {
    expect(written(true, "en", "yes", "no")).toBe("yes");
    expect(written(0.25, "de", "ja", "nein")).toBe("0,25");
    expect(written("warn", "en", "yes", "no")).toBe("warn");
    expect(written(null, "en", "yes", "no")).toBe("–");
  });
});
