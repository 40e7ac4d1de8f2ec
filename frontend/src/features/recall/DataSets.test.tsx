import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it } from "vitest";
import { Either, StandingWords } from "./DataSets";
import { toldOf, type Standing } from "./standing";

const standing = (more: Partial<Standing> = {}): Standing => ({
  message_id: "m",
  withdrawn: false,
  withdrew_all: false,
  held: "",
  held_text: "",
  free_from: "2026-12-01T12:00:00Z",
  releases: [],
  ...more,
});
const RELEASE = { name: "oa-1", title: "The first", published_at: "2026-11-01T12:00:00Z", recalled: false };

describe("whether a data set may have a message", () => {
  it.each<[Partial<Standing>, string]>([
    [{}, "free"],
    [{ held: "embargoed" }, "embargoed"],
    [{ held: "embargoed", free_from: null }, "held"],
    [{ held: "withheld" }, "held"],
    [{ held: "unconsented" }, "held"],
    [{ held: "withdrawn", withdrawn: true }, "withdrawn"],
    [{ held: "withdrawn", withdrew_all: true }, "withdrewAll"],
    [{ held: "withdrawn", withdrawn: true, withdrew_all: true }, "withdrewAll"],
  ])("%j is told as %s", (more, told) => expect(toldOf(standing(more))).toBe(told));
});

function words(more: Partial<Standing>) {
  return render(
    <MemoryRouter>
      <StandingWords standing={standing(more)} />
    </MemoryRouter>,
  ).container;
}

describe("in words", () => {
  it("which data sets have it, with the way there", () => {
    const recalled = { ...RELEASE, name: "oa-0", title: "", recalled: true };
    const box = words({ releases: [RELEASE, recalled] });
    expect(box).toHaveTextContent("It is in 2 data sets:");
    expect(screen.getByRole("link", { name: "The first" })).toHaveAttribute("href", "/datasets/oa-1");
    expect(screen.getByRole("link", { name: "oa-0" }).closest("li")).toHaveTextContent("recalled");
  });

  it("from when on one may have it", () => {
    expect(words({ held: "embargoed" })).toHaveTextContent("from December 1, 2026 on");
  });

  it("why none would have it now, in the server's words", () => {
    const why = "kept back until a moderator has looked";
    expect(words({ held: "withheld", held_text: why })).toHaveTextContent(`not be in one made now: ${why}.`);
  });

  it("that everything is kept out, and where that is changed", () => {
    words({ held: "withdrawn", withdrew_all: true });
    expect(screen.getByRole("link")).toHaveAttribute("href", "/me/settings#privacy");
  });
});

function choice(more: Partial<Standing>, isPrompt = false) {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <Either standing={standing(more)} isPrompt={isPrompt} />
    </QueryClientProvider>,
  );
}

describe("the choice", () => {
  it("is to keep a message out, after being told what happens", async () => {
    choice({ releases: [RELEASE] });
    await userEvent.click(screen.getByRole("button", { name: "Keep out of data sets" }));
    const dialog = screen.getByRole("dialog");
    expect(dialog).toHaveTextContent("It stays in its conversation here");
    expect(dialog).toHaveTextContent("can’t be called back");
    expect(dialog).not.toHaveTextContent("As it is a prompt");
  });

  it("of a prompt says what becomes of its conversation", async () => {
    choice({}, true);
    await userEvent.click(screen.getByRole("button", { name: "Keep out of data sets" }));
    expect(screen.getByRole("dialog")).toHaveTextContent("As it is a prompt");
  });

  it("is to give back what is kept out", () => {
    choice({ withdrawn: true, held: "withdrawn" });
    expect(screen.getByRole("button", { name: "Give back" })).toBeEnabled();
  });

  it("is none where everything is kept out", () => {
    choice({ withdrew_all: true, held: "withdrawn" });
    expect(screen.queryByRole("button")).toBeNull();
  });
});
