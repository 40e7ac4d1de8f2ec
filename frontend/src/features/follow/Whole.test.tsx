import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useReducer, type ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { grown, type Message } from "./model";
import { inSight, reading, start, type Move, type Place, type View } from "./reading";
import { message } from "./testing";
import { Thread } from "./Thread";
import { Whole } from "./Whole";

const MESSAGES: Message[] = [
  { ...message("p"), text: "How do I learn to swim?" },
  { ...message("pa", 1), text: "Take lessons.", is_mine: true, labels: {}, review_count: 2 },
  { ...message("pb", 0), text: "Begin in shallow water.", edited: true },
  { ...message("pba"), text: "And then?", review_result: null },
  { ...message("pc"), text: null, deleted: true },
];
const TREE = grown(MESSAGES)!;

function Shown({ view }: { view: View }) {
  const [place, move] = useReducer(
    (now: Place, one: Move) => reading(TREE, now, one),
    null,
    () => start(TREE, view, null),
  );
  const rest = { place, move, archived: false, report: () => undefined };
  return view === "tree" ? (
    <Whole root={TREE.root} {...rest} />
  ) : (
    <Thread nodes={inSight(TREE, place)} {...rest} />
  );
}

function show(node: ReactNode) {
  return render(<QueryClientProvider client={new QueryClient()}>{node}</QueryClientProvider>);
}

const turn = (words: string) => screen.getByText(words).closest("article")!;

describe("the whole tree", () => {
  it("says of each message what became of it", () => {
    show(<Shown view="tree" />);
    expect(turn("Begin in shallow water.")).toHaveTextContent("Ranked 1 of 2");
    expect(turn("Begin in shallow water.")).toHaveTextContent("edited by a moderator");
    expect(turn("And then?")).toHaveTextContent("under review");
    expect(screen.getByText("This message was deleted.")).toBeInTheDocument();
  });

  it("folds what hangs below a message and shows it again", async () => {
    show(<Shown view="tree" />);
    await userEvent.click(screen.getByRole("button", { name: "Fold 1 reply" }));
    expect(screen.queryByText("And then?")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show 1 reply" }));
    expect(screen.getByText("And then?")).toBeInTheDocument();
  });

  it("offers to report what others wrote, and only that", () => {
    show(<Shown view="tree" />);
    const report = { name: "Report this message" };
    expect(within(turn("Begin in shallow water.")).getByRole("button", report)).toBeInTheDocument();
    expect(within(turn("Take lessons.")).queryByRole("button", report)).toBeNull();
  });

  it("shows judgements only where they are told", () => {
    show(<Shown view="tree" />);
    expect(turn("Take lessons.")).toHaveTextContent("How it was judged (2 people)");
    expect(turn("Begin in shallow water.")).not.toHaveTextContent("judged");
  });
});

describe("one thread", () => {
  it("has a switch to the other replies, which stays under the finger", async () => {
    show(<Shown view="thread" />);
    expect(screen.queryByText("And then?")).toBeNull();
    const next = screen.getByRole("button", { name: "Next reply" });
    await userEvent.click(next);
    expect(screen.getByText("And then?")).toBeInTheDocument();
    expect(screen.getByText("Reply 2 of 3")).toBeInTheDocument();
    expect(next).toHaveFocus();
  });
});
