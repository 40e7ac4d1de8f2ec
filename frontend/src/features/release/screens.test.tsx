import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it, vi } from "vitest";
import { ActDialog } from "./ActDialog";
import { ChecksPart } from "./ChecksPart";
import { fileAddress, possible, share } from "./progress";
import type { Check, Release } from "./types";

const release = {
  name: "2026-11",
  licence: "CC-BY-4.0",
  state: "ready",
  numbers: { trees: 3, messages: 21, people: 1 },
} as Release;

describe("a release", () => {
  it("can be recalled once it is public, and nothing can be done after that", () => {
    expect(possible("published")).toEqual(["recall"]);
    expect(possible("recalled")).toEqual([]);
    expect(possible("ready")).toContain("publish");
    expect(possible("refused")).not.toContain("publish");
  });

  it("is no further than its end", () => {
    expect(share({ done: 0, total: 0 })).toBe(0);
    expect(share({ done: 7, total: 4 })).toBe(1);
  });

  it("has its files at the desk until it is public", () => {
    expect(fileAddress("a", "ready", "data/sft train.parquet")).toBe(
      "/api/v1/moderation/releases/a/files/data/sft%20train.parquet",
    );
    expect(fileAddress("a", "published", "README.md")).toBe("/api/v1/datasets/a/files/README.md");
  });
});

describe("the checks", () => {
  const passed: Check = { code: "ranks", text: "Ranks have no gap", passed: true, found: 0, examples: [] };
  const failed: Check = {
    code: "personal_data",
    text: "No personal data",
    passed: false,
    found: 2,
    examples: [
      { message_id: "m1", tree_id: "t1", words: "an address" },
      { path: "sft.jsonl", words: "does not load" },
    ],
  };

  it("begin with what failed, and lead to where it was found", () => {
    render(<ChecksPart release={{ checks: [passed, failed] }} />, { wrapper: MemoryRouter });
    const [first, , , last] = screen.getAllByRole("listitem");
    expect(within(first!).getByText("Failed")).toBeInTheDocument();
    expect(within(first!).getByText("2 found")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "The message" })).toHaveAttribute("href", "/trees/t1?message=m1");
    expect(screen.getByText("sft.jsonl")).toBeInTheDocument();
    expect(last).toHaveTextContent("Passed Ranks have no gap");
  });
});

describe("before something is done", () => {
  it("publishing says what it means", async () => {
    const onDecide = vi.fn();
    render(
      <ActDialog
        act="publish"
        release={release}
        onClose={() => undefined}
        onDecide={onDecide}
        busy={false}
        error={null}
      />,
    );
    expect(screen.getByText("It holds 21 messages by 1 person, under CC-BY-4.0.")).toBeInTheDocument();
    expect(screen.getByText(/Nothing in it can be changed/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Publish it" }));
    expect(onDecide).toHaveBeenCalledWith("publish", undefined);
  });

  it("nothing is recalled without a reason", async () => {
    const onDecide = vi.fn();
    render(
      <ActDialog
        act="recall"
        release={release}
        onClose={() => undefined}
        onDecide={onDecide}
        busy={false}
        error={null}
      />,
    );
    const go = screen.getByRole("button", { name: "Recall it" });
    expect(go).toBeDisabled();
    await userEvent.type(screen.getByLabelText("Why is it recalled?"), "  A mistake ");
    await userEvent.click(go);
    expect(onDecide).toHaveBeenCalledWith("recall", "A mistake");
  });
});
