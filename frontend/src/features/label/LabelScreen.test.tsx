import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Problem } from "@/api/problems";
import type { Task } from "@/api/tasks";
import type { DraftContent } from "@/components/task/types";
import LabelScreen from "./LabelScreen";
import type { Question } from "./judging";
import { FULL, SIMPLE } from "./questions.fixture";

const TURN = { lang: "en", is_mine: false, deleted: false, created_date: null } as const;

function taskWith(labels: readonly Question[], remarks: Task["remarks"] = null): Task {
  return {
    id: "t1", kind: "label_assistant_reply", status: "leased", lang: "en", tree_id: "m1", message_id: "m2",
    leased_at: null, expires_at: null, closed_at: null, result: null, skip_reason: null,
    conversation: [
      { ...TURN, id: "m1", role: "prompter", text: "How do I keep bread fresh?" },
      { ...TURN, id: "m2", role: "assistant", text: "Wrap it in a cloth." },
    ],
    form: { mode: labels.length > 3 ? "full" : "simple", labels: [...labels] },
    remarks, text_limit: null, draft: null, replies: null,
  }; // prettier-ignore
}

const submit = vi.fn();
const keep = vi.fn();
beforeEach(() => {
  submit.mockReset();
  keep.mockReset();
});

function show(labels: readonly Question[] = FULL, content: DraftContent = {}, problem?: Problem) {
  const user = userEvent.setup();
  const props = { task: taskWith(labels), draft: { content, keep }, submit, busy: false, problem };
  render(<LabelScreen {...props} />);
  return user;
}

const group = (name: string | RegExp) => within(screen.getByRole("radiogroup", { name }));
const sent = () => submit.mock.calls[0]?.[0] as { labels: Record<string, number> };

describe("by keyboard alone", () => {
  test("numbers answer and go on, and Enter sends what was answered", async () => {
    const user = show();
    await user.keyboard("2"); // spam: no
    await user.keyboard("n"); // fails: no
    await user.keyboard("20"); // a flag, then none of the others
    await user.keyboard("4"); // quality: good
    await user.keyboard("0"); // rudeness: can't tell
    expect(screen.getByRole("button", { name: "Send" })).toHaveFocus();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(submit).toHaveBeenCalledExactlyOnceWith({
      labels: { spam: 0, fails_task: 0, lang_mismatch: 0, pii: 1, hate_speech: 0, quality: 0.75 },
      not_rankable: false,
    });
    expect(keep).toHaveBeenLastCalledWith({ labels: sent().labels, unsure: ["toxicity"] });
  });

  test("on the button at the end, Enter sends once", async () => {
    const user = show(SIMPLE);
    await user.keyboard("223{Enter}");
    expect(submit).toHaveBeenCalledExactlyOnceWith({
      labels: { spam: 0, lang_mismatch: 0, quality: 0.5 },
      not_rankable: false,
    });
  });

  test("arrows and letters walk, Backspace takes an answer back", async () => {
    const user = show();
    await user.keyboard("1");
    expect(group(/^Spam/).getByRole("radio", { name: /Yes/ })).toBeChecked();
    await user.keyboard("{ArrowUp}{Backspace}");
    expect(group(/^Spam/).getByRole("radio", { name: /Yes/ })).not.toBeChecked();
    await user.keyboard("jjjk");
    expect(screen.getByRole("group", { name: "Is any of this in it?" })).toHaveFocus();
  });

  test("what must be answered is gone to instead of sent", async () => {
    const user = show();
    await user.keyboard("jj{Enter}");
    expect(submit).not.toHaveBeenCalled();
    expect(screen.getByRole("radiogroup", { name: /^Spam/ })).toHaveFocus();
    expect(screen.getByText("Please answer first: Spam")).toBeInTheDocument();
  });
});

describe("by pointer", () => {
  test("answers, switches and can't tell", async () => {
    const user = show();
    await user.click(group(/^Spam/).getByRole("radio", { name: /No/ }));
    await user.click(group("Rudeness").getByRole("radio", { name: /not at all/ }));
    await user.click(group("Quality").getByRole("button", { name: /Can’t tell/ }));
    const hate = screen.getByRole("button", { name: /^Hate speech/ });
    await user.click(hate);
    expect(hate).toHaveAttribute("aria-pressed", "true");
    await user.click(screen.getByRole("button", { name: "Send" }));
    expect(sent().labels).toEqual({ spam: 0, toxicity: 0, hate_speech: 1 });
  });

  test("after a press the numbers are for the question that was pressed", async () => {
    const user = show();
    await user.click(group("Quality").getByRole("radio", { name: /fair/ }));
    await user.keyboard("5");
    expect(group("Quality").getByRole("radio", { name: /very high/ })).toBeChecked();
  });
});

test("what was kept comes back, and the first open question is next", async () => {
  const user = show(FULL, { labels: { spam: 0 }, unsure: ["fails_task"] });
  expect(group(/^Spam/).getByRole("radio", { name: /No/ })).toBeChecked();
  expect(group(/^Fails/).getByRole("button", { name: /Can’t tell/ })).toHaveAttribute("aria-pressed", "true");
  await user.keyboard("1");
  expect(screen.getByRole("button", { name: /^Wrong language/ })).toHaveAttribute("aria-pressed", "true");
});

test("the message in question is marked, and a refusal is shown in words", () => {
  show(FULL, {}, new Problem({ code: "already_reviewed", status: 409, detail: "You have reviewed this." }));
  expect(screen.getByText("Wrap it in a cloth.").closest("article")).toHaveAttribute("aria-current", "true");
  expect(screen.getByRole("alert")).toHaveTextContent("You have reviewed this.");
});

test("what machines say of it is passed on, and nothing where they say nothing", () => {
  const remark = { code: "other_language", kind: null, text: "A machine thinks this is Spanish." } as const;
  const props = { draft: { content: {}, keep }, submit, busy: false };
  const { rerender } = render(<LabelScreen {...props} task={taskWith(FULL, [remark])} />);
  expect(screen.getByText("A machine thinks this is Spanish.")).toBeInTheDocument();
  expect(screen.getByText(/It can be wrong: you decide/)).toBeInTheDocument();
  rerender(<LabelScreen {...props} task={taskWith(FULL, [])} />);
  expect(screen.queryByText(/you decide/)).toBeNull();
});
