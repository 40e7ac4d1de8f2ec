import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { KINDS } from "@/api/tasks";
import { Guideline, GuidelineHint } from "./Guideline";

test.each(KINDS)("the guideline of %s is whole: no key stands where words should be", (kind) => {
  const { container } = render(<Guideline kind={kind} />);
  expect(container.textContent).not.toMatch(/\b(kinds|shared|labels)\.\w/);
  expect(container.querySelectorAll("blockquote")).toHaveLength(2);
  expect(container.querySelectorAll("li").length).toBeGreaterThan(4);
});

test("what only assistants are asked for is explained only there", () => {
  const { rerender } = render(<Guideline kind="label_initial_prompt" />);
  expect(screen.queryByText("Helpfulness")).toBeNull();
  rerender(<Guideline kind="label_assistant_reply" />);
  expect(screen.getByText("Helpfulness")).toBeVisible();
});

test("the whole guideline is one key away", async () => {
  render(<GuidelineHint kind="rank_prompter_replies" />);
  expect(screen.queryByRole("heading", { name: "Don’t" })).toBeNull();
  await userEvent.keyboard("g");
  expect(screen.getByRole("heading", { name: "Don’t" })).toBeVisible();
});
