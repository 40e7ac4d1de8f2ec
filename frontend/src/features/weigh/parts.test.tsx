import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { GroupChoice } from "./GroupChoice";
import { KeptPart } from "./KeptPart";
import type { Machine } from "@/api/screening";
import { MachinePart } from "./MachinePart";
import type { KeptDeleted, Roc } from "./report";
import { RocPart } from "./RocPart";

const names = { label: (name: string) => name, score: (name: string) => name };

const READY: Machine = {
  enabled: true,
  state: "ready",
  state_text: "ready",
  model: "multilingual",
  checksum: "ab",
  precision: "int8",
  languages: ["en", "fr"],
  waiting: 0,
  set_aside: 0,
  last_scored_at: null,
  downloaded_mb: null,
  download_mb: null,
  problem: "",
  remedy: "",
};

describe("the machine", () => {
  it("says what it reads, and that others are not supported", () => {
    render(<MachinePart machine={READY} />);
    expect(screen.getByText("Detoxify is at work, with its model “multilingual”")).toBeInTheDocument();
    expect(screen.getByText(/It reads English and French\..* not supported/)).toBeInTheDocument();
    expect(screen.getByText("No text waits for scores.")).toBeInTheDocument();
  });

  it("says what went wrong and what to do when the model is missing", () => {
    const missing = {
      ...READY,
      state: "missing",
      problem: "No connection",
      remedy: "Bring the files.",
      waiting: 1200,
    };
    render(<MachinePart machine={missing as Machine} />);
    expect(screen.getByText("No connection")).toBeInTheDocument();
    expect(screen.getByText("Bring the files.")).toBeInTheDocument();
    expect(screen.getByText(/1,200 texts wait/)).toBeInTheDocument();
  });

  it("says how far a download is", () => {
    const { rerender } = render(
      <MachinePart machine={{ ...READY, state: "downloading", downloaded_mb: 250, download_mb: 1000 }} />,
    );
    expect(screen.getByRole("progressbar", { name: "250 of 1,000 MB so far." })).toHaveAttribute(
      "aria-valuenow",
      "25",
    );
    rerender(<MachinePart machine={{ ...READY, state: "downloading", downloaded_mb: 250 }} />);
    expect(screen.getByText("250 MB so far.")).toBeInTheDocument();
  });
});

const ROC: Roc = {
  label: "hate_speech", score: "toxicity", n: 900, positives: 6, negatives: 894,
  auc: 0.73, auc_low: 0.4, auc_high: 1, points: [[0, 0], [0.1, 0.6], [1, 1]], too_few: false,
}; // prettier-ignore

describe("the curves", () => {
  it("are those of the chosen score, each with its area and what it is of", async () => {
    const choose = vi.fn();
    const other = { ...ROC, score: "insult", auc: 0.1 };
    render(<RocPart roc={[ROC, other]} score="toxicity" choose={choose} names={names} />);
    expect(screen.getByRole("img")).toHaveAccessibleName(
      "ROC curve of toxicity for hate_speech. Area under it: 0.73 (0.40 to 1.00)",
    );
    expect(screen.getByText("6 of 900 messages are marked by people.")).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Score" }), "insult");
    expect(choose).toHaveBeenCalledWith("insult");
  });

  it("are not drawn of too few", () => {
    const few = { ...ROC, positives: 2, auc: null, auc_low: null, auc_high: null, points: [], too_few: true };
    render(<RocPart roc={[few]} score="toxicity" choose={() => undefined} names={names} />);
    expect(screen.queryByRole("img")).toBeNull();
    expect(screen.getByText("Too few to say: people have marked 2 of 900 messages.")).toBeInTheDocument();
  });
});

const KEPT: KeptDeleted = {
  score: "toxicity",
  kept: { n: 1830, mean: 0.012, low: 0.007, high: 0.018, median: 0.001, p95: 0.03 },
  deleted: { n: 36, mean: 0.068, low: 0.0086, high: 0.15, median: 0.001, p95: 0.4 },
  difference: 0.055, difference_low: -0.0046, difference_high: 0.14,
  auc: 0.61, auc_low: 0.51, auc_high: 0.7, too_few: false,
}; // prettier-ignore

describe("kept and deleted messages", () => {
  it("are told apart by sign and word, and the table has every number", () => {
    render(<KeptPart rows={[KEPT]} names={names} />);
    expect(screen.getByText("Kept (1,830 messages)")).toBeInTheDocument();
    const line = within(screen.getByRole("table")).getByRole("row", { name: /^toxicity/ });
    expect(line).toHaveTextContent("0.012 (0.0070 to 0.018)");
    expect(line).toHaveTextContent("0.068 (0.0086 to 0.15)");
    expect(line).toHaveTextContent("0.055 (−0.0046 to 0.14)");
    expect(line).toHaveTextContent("0.61 (0.51 to 0.70)");
  });

  it("are not compared when there are too few", () => {
    const none = { n: 1830, mean: null, low: null, high: null, median: null, p95: null };
    render(
      <KeptPart rows={[{ ...KEPT, kept: none, deleted: { ...none, n: 2 }, too_few: true }]} names={names} />,
    );
    expect(
      screen.getByText("Too few to say: 2 deleted and 1,830 kept messages have scores."),
    ).toBeInTheDocument();
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("the choice of messages", () => {
  const groups = [
    { lang: null, role: null, n: 866 },
    { lang: "en", role: null, n: 507 },
    { lang: null, role: "prompter" as const, n: 448 },
  ];

  it("is of all, a language or a role", async () => {
    const choose = vi.fn();
    render(<GroupChoice groups={groups} chosen={{ lang: null, role: null }} choose={choose} />);
    const box = screen.getByRole("combobox", { name: "Messages" });
    expect(box).toHaveDisplayValue("All (866)");
    await userEvent.selectOptions(box, "English (507)");
    expect(choose).toHaveBeenLastCalledWith(expect.objectContaining({ lang: "en", role: null }));
    await userEvent.selectOptions(box, "Written by prompters (448)");
    expect(choose).toHaveBeenLastCalledWith(expect.objectContaining({ lang: null, role: "prompter" }));
  });

  it("still says which one is meant when there is no such group", () => {
    render(<GroupChoice groups={groups} chosen={{ lang: "de", role: null }} choose={() => undefined} />);
    expect(screen.getByRole("combobox")).toHaveDisplayValue("German");
  });
});
