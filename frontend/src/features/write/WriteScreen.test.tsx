import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Task } from "@/api/tasks";
import type { DraftContent } from "@/components/task/types";
import { Problem } from "@/api/problems";
import WriteScreen from "./WriteScreen";

const TASK = {
  id: "t",
  kind: "assistant_reply",
  lang: "en",
  text_limit: 200,
  conversation: [
    { id: "m", role: "prompter", text: "Why is the sky blue?", lang: "en", is_mine: false, deleted: false },
  ],
} as unknown as Task;
const REPLY = "Air scatters short waves of light more than long ones, so blue reaches us from everywhere.";

function show(text = "", problem?: Problem) {
  const submit = vi.fn();
  const keep = vi.fn<(content: DraftContent) => void>();
  const content: DraftContent = text ? { text } : {};
  render(
    <WriteScreen task={TASK} draft={{ content, keep }} submit={submit} busy={false} problem={problem} />,
  );
  return { submit, keep, user: userEvent.setup(), field: screen.getByRole<HTMLTextAreaElement>("textbox") };
}

test("what is typed is handed on with every keystroke", async () => {
  const { keep, user, field } = show();
  await user.type(field, "Air");
  expect(keep.mock.calls.map(([content]) => content.text)).toEqual(["A", "Ai", "Air"]);
});

test("a draft is there to go on with, and is sent as it stands", async () => {
  const { submit, user, field } = show(REPLY);
  expect(field).toHaveValue(REPLY);
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(submit).toHaveBeenCalledWith({ text: REPLY, not_rankable: false });
});

test("Ctrl and Enter send from within the field", async () => {
  const { submit, user, field } = show(REPLY);
  await user.click(field);
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(submit).toHaveBeenCalledOnce();
});

test("nothing, and too much, can't be sent; too much says how much", async () => {
  const { submit, user } = show("x".repeat(203));
  expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  expect(screen.getByText("3 characters too many.")).toBeInTheDocument();
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(submit).not.toHaveBeenCalled();
});

test("a very short text is asked about once, and sent all the same if wanted", async () => {
  const { submit, user } = show("Because.");
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(submit).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Send anyway" }));
  expect(submit).toHaveBeenCalledWith({ text: "Because.", not_rankable: false });
});

test("a text that repeats the message it answers is asked about", async () => {
  const { submit, user } = show("why is  the sky blue?");
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(screen.getByText(/says the same as a message/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Go on writing" }));
  expect(submit).not.toHaveBeenCalled();
});

test("another language is asked about", async () => {
  const german =
    "Die Luft streut kurze Wellen stärker als lange, deshalb kommt das Blau aus allen Richtungen zu uns.";
  const { submit, user } = show(german);
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(
    await screen.findByText(/looks like German; the task is in English. Send it anyway/),
  ).toBeInTheDocument();
  expect(submit).not.toHaveBeenCalled();
});

test("the preview shows the text as it will be read, and the field keeps it", async () => {
  const { user, field } = show(REPLY);
  await user.click(screen.getByRole("button", { name: "Preview" }));
  expect(field.closest("[hidden]")).not.toBeNull();
  await user.click(screen.getByRole("button", { name: "Write" }));
  expect(screen.getByRole("textbox")).toBe(field);
  expect(field).toHaveValue(REPLY);
});

test("why it was refused is said in the server's words", () => {
  show(REPLY, new Problem({ code: "same_text_again", status: 409, detail: "You wrote that before." }));
  expect(screen.getByRole("alert")).toHaveTextContent("You wrote that before.");
});
