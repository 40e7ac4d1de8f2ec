import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, test, vi } from "vitest";
import type { Task } from "@/api/tasks";
import type { Remark } from "@/api/checks";
import type { DraftContent, TaskScreenProps } from "@/components/task/types";
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

type Check = NonNullable<TaskScreenProps["check"]>;

function show(text = "", problem?: Problem, check?: Check) {
  const submit = vi.fn();
  const keep = vi.fn<(content: DraftContent) => void>();
  const content: DraftContent = text ? { text } : {};
  render(
    <MemoryRouter>
      <WriteScreen
        task={TASK}
        draft={{ content, keep }}
        submit={submit}
        busy={false}
        problem={problem}
        {...(check && { check })}
      />
    </MemoryRouter>,
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

const LIKE: Remark = {
  code: "near_duplicate", kind: null, level: "warn", text: "Very like a prompt that is there already.", remedy: "",
  spans: [], likeness: 0.9, message_id: "m9", excerpt: "Air scatters the short waves",
}; // prettier-ignore
const MAIL: Remark = {
  code: "personal_data", kind: "email", level: "warn", text: "This looks like an e-mail address.", remedy: "Leave it out.",
  spans: [{ start: 0, end: 3 }], likeness: null, message_id: null, excerpt: null,
}; // prettier-ignore
const BLOCKED: Remark = { ...MAIL, level: "block", text: "E-mail addresses can’t be sent." };

describe("what a machine remarks", () => {
  test("is asked for when typing pauses, once for a text, and shown below it", async () => {
    vi.useFakeTimers();
    const check = vi.fn<Check>(async () => [MAIL, LIKE]);
    show(REPLY, undefined, check);
    await act(() => vi.advanceTimersByTimeAsync(1400));
    expect(check).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(200));
    vi.useRealTimers();
    expect(await screen.findByText("This looks like an e-mail address.")).toBeInTheDocument();
    expect(screen.getByRole("list", { name: "In your text" })).toHaveTextContent("Air");
    expect(screen.getByRole("link", { name: /Read the other text/ })).toHaveAttribute("target", "_blank");
    expect(check).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("textbox")).toHaveAccessibleDescription(/e-mail address/);
  });

  test("is not asked of a few words", async () => {
    const check = vi.fn<Check>(async () => []);
    const { submit, user } = show("Because it is.", undefined, check);
    await user.click(screen.getByRole("button", { name: "Send" }));
    await user.click(screen.getByRole("button", { name: "Send anyway" }));
    expect(check).not.toHaveBeenCalled();
    expect(submit).toHaveBeenCalledOnce();
  });

  test("is asked about on sending, and can be sent all the same", async () => {
    const { submit, user } = show(REPLY, undefined, async () => [MAIL]);
    await user.click(screen.getByRole("button", { name: "Send" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("This looks like an e-mail address.");
    expect(submit).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Send anyway" }));
    expect(submit).toHaveBeenCalledWith({ text: REPLY, not_rankable: false });
  });

  test("can forbid sending: it says why, and leads back to the text", async () => {
    const { submit, user, field } = show(REPLY, undefined, async () => [BLOCKED]);
    await user.click(screen.getByRole("button", { name: "Send" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("E-mail addresses can’t be sent.");
    await vi.waitFor(() => expect(field).toHaveFocus());
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(submit).not.toHaveBeenCalled();
  });

  test("keeps nobody waiting: after two seconds the text is sent without it", async () => {
    vi.useFakeTimers();
    const { submit } = show(REPLY, undefined, () => new Promise(() => undefined));
    act(() => screen.getByRole("button", { name: "Send" }).click());
    await act(() => vi.advanceTimersByTimeAsync(1900));
    expect(submit).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(200));
    vi.useRealTimers();
    expect(submit).toHaveBeenCalledOnce();
  });

  test("is not missed where it fails, and left alone where it was asked too often", async () => {
    const check = vi.fn<Check>(() => Promise.reject(new Problem({ code: "throttled", status: 429 })));
    const { submit, user } = show(REPLY, undefined, check);
    await user.click(screen.getByRole("button", { name: "Send" }));
    await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce());
    await user.click(screen.getByRole("button", { name: "Send" }));
    await vi.waitFor(() => expect(submit).toHaveBeenCalledTimes(2));
    expect(check).toHaveBeenCalledOnce();
  });
});

test("what the server refuses to take is said at the field, with what it means, and the text stays", () => {
  const problem = new Problem({
    code: "personal_data_blocked",
    status: 422,
    detail: "There is personal data in it.",
    ...({ spans: [{ kind: "email", start: 4, end: 12 }] } as object),
  });
  const { field } = show(REPLY, problem);
  expect(screen.getByRole("alert")).toHaveTextContent("There is personal data in it.");
  expect(screen.getByRole("list", { name: "In your text" })).toHaveTextContent("scatters");
  expect(field).toHaveValue(REPLY);
  expect(field).toHaveFocus();
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
