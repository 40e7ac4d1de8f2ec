import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it } from "vitest";
import { DataSetCard } from "./DatasetsPage";
import { Told } from "./DatasetPage";
import { dataSet, file, sample } from "./testing";
import type { DataSet } from "./types";

function shown(more: Partial<DataSet> = {}) {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Told of={dataSet(more)} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const part = (name: string) => screen.getByRole("region", { name });

describe("in the list", () => {
  const card = (more: Partial<DataSet> = {}) =>
    render(
      <MemoryRouter>
        <DataSetCard one={dataSet(more)} />
      </MemoryRouter>,
    ).container;

  it("a data set leads to its page and says how much is in it", () => {
    expect(card()).toHaveTextContent("3 trees");
    expect(screen.getByRole("link", { name: "November 2026" })).toHaveAttribute(
      "href",
      "/datasets/oa-2026-11",
    );
  });

  it("one that was recalled says so", () => {
    expect(card()).not.toHaveTextContent("recalled");
    expect(card({ recalled: true })).toHaveTextContent("recalled");
  });

  it("names a few of many languages and counts the others", () => {
    const box = card({ langs: ["en", "de", "es", "fr", "ja", "ar", "ca", "eu"] });
    expect(box).toHaveTextContent("English, German, Spanish, French, Japanese, Arabic, and 2 more");
  });
});

describe("the page of a data set", () => {
  it("lists the language with most messages first", () => {
    shown();
    const [, first] = within(screen.getByRole("table", { name: "By language" })).getAllByRole("row");
    expect(first).toHaveTextContent(/English.*2.*30/);
  });

  it("shows ten of many languages until all are asked for", async () => {
    const { numbers } = dataSet();
    const by_lang = Array.from({ length: 15 }, (_, at) => ({ lang: `x-${at}`, trees: 1, messages: at }));
    shown({ numbers: { ...numbers!, by_lang } });
    const table = screen.getByRole("table", { name: "By language" });
    expect(within(table).getAllByRole("row")).toHaveLength(11);
    await userEvent.click(screen.getByRole("button", { name: "Show all 15" }));
    expect(within(table).getAllByRole("row")).toHaveLength(16);
  });

  it("leads to each file, with its checksum to copy", async () => {
    const user = userEvent.setup();
    shown();
    expect(screen.getByRole("link", { name: "sft/train.parquet" })).toHaveAttribute(
      "href",
      "http://localhost:3000/api/v1/datasets/oa-2026-11/files/sft/train.parquet",
    );
    await user.click(screen.getByRole("button", { name: /^SHA-256.*checksum of sft\/train\.parquet$/ }));
    expect(await navigator.clipboard.readText()).toBe("ab".repeat(32));
  });

  it("tells how to load the form that was chosen", async () => {
    shown({
      files: [file("sft/all.jsonl"), file("preference/all.jsonl"), file("README.md", "", { packing: "" })],
    });
    expect(part("How to load it")).toHaveTextContent('load_dataset("./oa-2026-11", "sft")');
    await userEvent.selectOptions(screen.getByRole("combobox"), "Preference pairs");
    expect(part("How to load it")).toHaveTextContent('"oa-2026-11/preference/all.jsonl"');
    expect(part("How to load it")).toHaveTextContent("grep ' preference/' SHA256SUMS");
    expect(screen.getAllByRole("option")).toHaveLength(3);
  });

  it("calls a form that it does not know by its own name", () => {
    shown({ files: [file("newest/all.jsonl")] });
    expect(within(part("Files")).getByRole("heading", { level: 3 })).toHaveTextContent("newest");
  });

  it("shows one sample at a time, the best reply first", async () => {
    const samples = ["p", "q"].map((id) => ({
      message_tree_id: id,
      prompt: sample(id, [sample(`${id}2`, [], 1), sample(`${id}1`, [], 0)]),
    }));
    shown({ samples });
    const texts = () =>
      within(part("Samples"))
        .getAllByText(/^text of/)
        .map((one) => one.textContent);
    expect(texts()).toEqual(["text of p", "text of p1", "text of p2"]);
    await userEvent.click(screen.getByRole("button", { name: "Next sample" }));
    expect(texts()).toEqual(["text of q", "text of q1", "text of q2"]);
  });

  it("shows the beginning of a large tree until all of it is asked for", async () => {
    const replies = Array.from({ length: 30 }, (_, at) => sample(`r${at}`));
    shown({ samples: [{ message_tree_id: "p", prompt: sample("p", replies) }] });
    expect(within(part("Samples")).getAllByRole("article")).toHaveLength(8);
    await userEvent.click(screen.getByRole("button", { name: "Show all 31 messages" }));
    expect(within(part("Samples")).getAllByRole("article")).toHaveLength(31);
  });

  it("has a card, drawn as Markdown", async () => {
    shown();
    expect(await within(part("Card")).findByText("much")).toHaveProperty("tagName", "EM");
  });

  it("says what changed only where there was a version before", () => {
    shown();
    expect(screen.queryByRole("region", { name: "Changes" })).toBeNull();
  });

  it("says how many messages were taken back, and where the list is", () => {
    shown({ withdrawn: 2 });
    expect(part("Taken back since")).toHaveTextContent("2 messages have been taken back");
    expect(screen.getByRole("button", { name: "Download the list" })).toBeEnabled();
  });

  it("of one that was recalled says why, and offers nothing to download", () => {
    shown({ recalled_at: "2026-11-23T12:00:00Z", recalled_why: "A name was in it." });
    expect(screen.getByText("This data set was recalled.")).toBeInTheDocument();
    expect(screen.getByText("A name was in it.")).toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "Files" })).toBeNull();
    expect(screen.queryByRole("link", { name: /sft|Files/ })).toBeNull();
  });
});
