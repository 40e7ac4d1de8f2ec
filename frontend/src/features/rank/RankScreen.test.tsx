import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Task } from "@/api/tasks";
import type { DraftContent } from "@/components/task/types";
import RankScreen from "./RankScreen";

const TURN = { role: "prompter", lang: "en", is_mine: false, deleted: false, created_date: null } as const;

function taskWith(texts: readonly string[]): Task {
  return {
    id: "t1", kind: "rank_assistant_replies", status: "leased", lang: "en", tree_id: "m1", message_id: "m1",
    leased_at: null, expires_at: null, closed_at: null, result: null, skip_reason: null,
    conversation: [{ ...TURN, id: "m1", text: "How do I keep bread fresh?" }],
    form: null, remarks: null, text_limit: null, draft: null,
    replies: texts.map((text, place) => ({ id: `r${place + 1}`, text, synthetic: null })),
  }; // prettier-ignore
}

const submit = vi.fn();
const keep = vi.fn();
beforeEach(() => {
  submit.mockReset();
  keep.mockReset();
});

function show(content: DraftContent = {}, texts = ["Wrap it.", "Freeze it.", "Eat it."]) {
  const user = userEvent.setup();
  render(<RankScreen task={taskWith(texts)} draft={{ content, keep }} submit={submit} busy={false} />);
  return user;
}

const letters = () => screen.getAllByRole("button", { name: /^Move reply/ }).map((one) => one.textContent);
const said = () => screen.getAllByRole("status").at(-1);
const reply = (letter: string) => within(screen.getByRole("listitem", { name: `Reply ${letter}` }));

describe("by keyboard alone", () => {
  test("a number chooses a reply, the arrows on it move it, and it keeps the focus", async () => {
    const user = show();
    await user.keyboard("3{ArrowUp}");
    expect(letters()).toEqual(["A", "C", "B"]);
    expect(screen.getByRole("button", { name: "Move reply C, 2 of 3" })).toHaveFocus();
    expect(said()).toHaveTextContent("Reply C is now 2 of 3.");
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(letters()).toEqual(["C", "A", "B"]);
    await user.keyboard("{ArrowUp}");
    expect(said()).toHaveTextContent("Reply C is first already.");
  });

  test("t ties and unties, u refuses, and what was done is said", async () => {
    const user = show();
    await user.keyboard("2t");
    expect(said()).toHaveTextContent("Reply B is now 1 of 3, tied with A.");
    await user.keyboard("t");
    expect(said()).toHaveTextContent("Reply B is now 2 of 3.");
    await user.keyboard("u");
    expect(said()).toHaveTextContent("Reply B is unacceptable.");
    expect(letters()).toEqual(["A", "C", "B"]);
    expect(screen.getByRole("button", { name: "Move reply C, 2 of 2" })).toHaveFocus();
  });

  test("j and k walk; a move without a chosen reply says how to choose one", async () => {
    const user = show();
    await user.keyboard("t");
    expect(said()).toHaveTextContent("Choose a reply first");
    expect(keep).not.toHaveBeenCalled();
    await user.keyboard("jjk");
    expect(screen.getByRole("button", { name: "Move reply A, 1 of 3" })).toHaveFocus();
  });

  test("the whole of it is handed in as the server takes it", async () => {
    const user = show({}, ["one", "two", "three", "four"]);
    await user.keyboard("4{ArrowUp}{ArrowUp}{ArrowUp}3t4u{Control>}{Enter}{/Control}");
    expect(letters()).toEqual(["D", "A", "B", "C"]);
    expect(submit).toHaveBeenCalledExactlyOnceWith({
      order: ["r4", ["r1", "r2"]],
      unacceptable: ["r3"],
      not_rankable: false,
    });
  });
});

describe("by buttons", () => {
  test("every move has one", async () => {
    const user = show();
    await user.click(reply("C").getByRole("button", { name: "Move C up" }));
    await user.click(reply("A").getByRole("button", { name: "Move A down" }));
    expect(letters()).toEqual(["C", "A", "B"]);
    await user.click(reply("A").getByRole("button", { name: "Tie" }));
    expect(reply("A").getByText("1 of 3 · tied with C")).toBeVisible();
    await user.click(reply("A").getByRole("button", { name: "Untie" }));
    await user.click(reply("C").getByRole("button", { name: "Unacceptable" }));
    expect(reply("C").getByRole("button", { name: "Unacceptable" })).toHaveAttribute("aria-pressed", "true");
    await user.click(screen.getByRole("button", { name: "Send" }));
    expect(submit).toHaveBeenCalledExactlyOnceWith({
      order: ["r1", "r2"],
      unacceptable: ["r3"],
      not_rankable: false,
    });
  });

  test("two are compared in full, and one word puts them in order", async () => {
    const user = show();
    await user.click(reply("A").getByRole("button", { name: "Compare" }));
    await user.click(reply("C").getByRole("button", { name: "Compare" }));
    const dialog = within(screen.getByRole("dialog", { name: "A or C?" }));
    expect(dialog.getByText("Eat it.")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "C is better" }));
    expect(letters()).toEqual(["C", "A", "B"]);
    expect(screen.queryByRole("dialog", { name: "A or C?" })).toBeNull();
  });
});

test("an untouched order is asked about once", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(submit).not.toHaveBeenCalled();
  const dialog = within(screen.getByRole("dialog", { name: "Leave the order as it is?" }));
  await user.click(dialog.getByRole("button", { name: "Yes, send it" }));
  expect(submit).toHaveBeenCalledExactlyOnceWith({
    order: ["r1", "r2", "r3"],
    unacceptable: [],
    not_rankable: false,
  });
});

test("all of them wrong needs no order and no question", async () => {
  const user = show();
  await user.click(screen.getByRole("checkbox", { name: /^All of them are wrong/ }));
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(submit).toHaveBeenCalledExactlyOnceWith({ order: [], unacceptable: [], not_rankable: true });
});

test("each move is kept at once, and what was kept comes back", async () => {
  const user = show({ order: [["r2", "r3"]], unacceptable: ["r1"] });
  expect(letters()).toEqual(["B", "C", "A"]);
  await user.click(reply("A").getByRole("button", { name: "Move A up" }));
  expect(keep).toHaveBeenCalledExactlyOnceWith({
    order: [["r2", "r3"], ["r1"]],
    unacceptable: [],
    notRankable: false,
  });
});

test("beyond the tenth, replies are reached by walking", async () => {
  const user = show(
    {},
    [..."ABCDEFGHIJKLMNO"].map((one) => `text ${one}`),
  );
  await user.keyboard("0jjjjj");
  expect(screen.getByRole("button", { name: "Move reply O, 15 of 15" })).toHaveFocus();
});
