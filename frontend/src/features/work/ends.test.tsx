import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, test, vi } from "vitest";
import type { Task } from "@/api/tasks";
import { DraftConflict } from "./DraftConflict";
import { Over } from "./Over";
import { REASONS, SkipDialog } from "./SkipDialog";

const TASK = {
  id: "t",
  kind: "assistant_reply",
  lang: "en",
  result: null,
  message_id: "m",
} as unknown as Task;

describe("a task is over", () => {
  function show(code: string, detail = "") {
    const onTakeBack = vi.fn();
    const shown = render(
      <MemoryRouter>
        <Over
          task={TASK}
          draft={{ text: "My words." }}
          ending={{ code, detail, remedy: "" }}
          busy={false}
          tail="?kind=assistant_reply"
          onTakeBack={onTakeBack}
          onUndo={() => undefined}
        />
      </MemoryRouter>,
    );
    return { onTakeBack, ...shown };
  }

  test("the time was: it can be had back, and what was written is shown", async () => {
    const { onTakeBack } = show("lease_expired");
    expect(screen.getByText("My words.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Take it back" }));
    expect(onTakeBack).toHaveBeenCalledOnce();
  });

  test("somebody else has it: the words can be copied, and the next task is one press away", () => {
    show("seat_taken");
    expect(screen.getByRole("button", { name: "Copy it" })).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Next task" })).toHaveAttribute(
      "href",
      "/task?kind=assistant_reply",
    );
    expect(screen.queryByRole("button", { name: "Take it back" })).toBeNull();
  });

  test("for a reason the pages have no words for, the server's are shown", () => {
    show("already_replied", "You have replied to this message already.");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("You have replied");
  });

  test("and left again, whatever scrolling returns", () => {
    const scroll = vi.spyOn(window, "scrollTo").mockReturnValue(Promise.resolve() as unknown as void);
    expect(() => show("done").unmount()).not.toThrow();
    expect(scroll).toHaveBeenCalled();
  });
});

describe("skipping", () => {
  test("is one press on a reason", async () => {
    const onSkip = vi.fn();
    render(<SkipDialog open onClose={() => undefined} onSkip={onSkip} />);
    await userEvent.click(screen.getByRole("button", { name: /Not my field/ }));
    expect(onSkip).toHaveBeenCalledWith("not_my_field", "");
  });

  test("or its number, with the note that was written before; numbers in the note are the note's", async () => {
    const onSkip = vi.fn();
    render(<SkipDialog open onClose={() => undefined} onSkip={onSkip} />);
    await userEvent.click(screen.getByText("Add a note"));
    await userEvent.type(screen.getByRole("textbox"), "since 1999");
    expect(onSkip).not.toHaveBeenCalled();
    screen.getByRole("textbox").blur();
    await userEvent.keyboard("7");
    expect(onSkip).toHaveBeenCalledWith(REASONS[6], "since 1999");
  });
});

describe("two versions of a draft", () => {
  const view = (mine: object, theirs: object) =>
    ({ content: mine, theirs: { content: theirs, revision: 2 }, where: "device", version: 0 }) as const;

  test("of a text: mine, theirs, or both together", async () => {
    const onResolve = vi.fn();
    render(
      <DraftConflict
        draft={view({ text: "Mine." }, { text: "Theirs." })}
        open
        onClose={() => undefined}
        onResolve={onResolve}
      />,
    );
    expect(screen.getByText("Mine.")).toBeInTheDocument();
    expect(screen.getByText("Theirs.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Keep this one" }));
    await userEvent.click(screen.getByRole("button", { name: "Take the other" }));
    await userEvent.click(screen.getByRole("button", { name: "Edit both together" }));
    expect(onResolve.mock.calls).toEqual([
      [{ text: "Mine." }],
      [{ text: "Theirs." }],
      [{ text: "Mine.\n\n---\n\nTheirs." }],
    ]);
  });

  test("of a review: how much each has answered, and no mixing", () => {
    render(
      <DraftConflict
        draft={view({ labels: { spam: 0 } }, { labels: { spam: 0, quality: 1 }, unsure: ["humor"] })}
        open
        onClose={() => undefined}
        onResolve={() => undefined}
      />,
    );
    expect(screen.getByText("1 answer")).toBeInTheDocument();
    expect(screen.getByText("3 answers")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Edit both together" })).toBeNull();
  });
});
