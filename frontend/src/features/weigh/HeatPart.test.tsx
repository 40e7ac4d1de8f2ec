import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it } from "vitest";
import { HeatPart } from "./HeatPart";
import type { Cell, Kind } from "./report";
import { few, flat, row } from "./testing";

const CELLS: Cell[] = [...row("spam", 0.62), ...row("humor", -0.2)];
const names = { label: (name: string) => name, score: (name: string) => name };

function show(cells: Cell[], kind: Kind = "pearson") {
  return render(
    <MemoryRouter>
      <HeatPart
        cells={cells}
        kind={kind}
        least={30}
        confidence={0.95}
        names={names}
        address={(one) => `?kind=${one}`}
      />
    </MemoryRouter>,
  );
}

const field = (name: RegExp) => screen.getByRole("gridcell", { name });

describe("the map", () => {
  it("has a field for each label and score, which says its figure, how sure it is, and of how many messages", () => {
    show(CELLS);
    expect(screen.getAllByRole("row")).toHaveLength(2);
    expect(screen.getAllByRole("gridcell")).toHaveLength(14);
    expect(field(/spam.*Machine: toxicity/)).toHaveAccessibleName(
      "People: spam. Machine: toxicity. 0.62, between 0.52 and 0.72, 100 messages",
    );
    expect(field(/spam.*Machine: toxicity/)).toHaveTextContent("0.62");
  });

  it("shows the other kind of correlation when that is asked for", () => {
    show(CELLS, "spearman");
    expect(field(/spam.*Machine: toxicity/)).toHaveTextContent("0.31");
    expect(screen.getByRole("link", { name: "Spearman" })).toHaveAttribute("aria-current", "true");
    expect(screen.getByRole("link", { name: "Pearson" })).toHaveAttribute("href", "/?kind=pearson");
  });

  it("says how many there are where they are too few, and never 0", () => {
    show([few("spam", "toxicity", 12), flat("spam", "insult")]);
    expect(field(/toxicity/)).toHaveTextContent("n 12");
    expect(field(/toxicity/)).toHaveAccessibleName("People: spam. Machine: toxicity. Too few to say, n 12");
    expect(field(/insult/)).toHaveTextContent("–");
    expect(field(/insult/)).toHaveAccessibleName(/It can’t be told: all values are the same/);
  });

  it("is one stop of the Tab key, and arrows lead through it", async () => {
    show(CELLS);
    const user = userEvent.setup();
    screen.getByRole("button", { name: "Show as a table" }).focus();
    await user.tab();
    expect(field(/spam.*Machine: toxicity/)).toHaveFocus();
    await user.keyboard("{ArrowRight}{ArrowDown}");
    expect(field(/humor.*Machine: severe_toxicity/)).toHaveFocus();
    await user.keyboard("{Control>}{End}{/Control}");
    expect(field(/humor.*Machine: sexual_explicit/)).toHaveFocus();
    await user.tab();
    expect(document.body).toHaveFocus();
    await user.tab({ shift: true });
    expect(field(/humor.*Machine: sexual_explicit/)).toHaveFocus();
  });

  it("says of the field at hand where its figure is from, and whether it may be chance", async () => {
    show(CELLS);
    const user = userEvent.setup();
    expect(screen.getByText(/Point at a field/)).toBeInTheDocument();
    await user.hover(field(/spam.*Machine: toxicity/));
    expect(screen.getByText("a strong link", { exact: false })).toBeInTheDocument();
    expect(screen.getByText("95% interval: 0.52 to 0.72")).toBeInTheDocument();
    expect(screen.getByText("Spearman: 0.31 (0.21 to 0.41)")).toBeInTheDocument();
    expect(screen.getByText(/Reviews here 60 · Imported means 40/)).toBeInTheDocument();
    expect(screen.queryByText(/may be chance/)).toBeNull();

    await user.hover(field(/spam.*Machine: sexual_explicit/)); // 0.02, between -0.08 and 0.12
    expect(screen.getByText("no link to speak of", { exact: false })).toBeInTheDocument();
    expect(screen.getByText(/may be chance/)).toBeInTheDocument();

    await user.hover(field(/humor.*Machine: toxicity/));
    expect(screen.getByText("Where one is high, the other is low.")).toBeInTheDocument();
  });
});

describe("the table", () => {
  it("has the same figures", async () => {
    show([...CELLS, few("violence", "toxicity", 3)]);
    await userEvent.click(screen.getByRole("button", { name: "Show as a table" }));
    const table = screen.getByRole("table", { name: /Pearson/ });
    expect(within(table).getAllByRole("columnheader")).toHaveLength(8);
    expect(within(table).getByRole("row", { name: /^spam/ })).toHaveTextContent("0.62 (0.52 to 0.72)");
    expect(within(table).getByRole("row", { name: /^violence/ })).toHaveTextContent("Too few to say");
    await userEvent.click(screen.getByRole("button", { name: "Show as a map" }));
    expect(screen.getAllByRole("gridcell")).toHaveLength(15);
  });
});
