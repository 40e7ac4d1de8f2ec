import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { isProblem } from "@/api/problems";
import { DropField } from "./DropField";
import { possible, ranked, share } from "./progress";
import { ReportPart } from "./ReportPart";
import { answered } from "./sending";
import type { Import } from "./types";
import { formOf, USUAL, wrongWith } from "./wish";

const file = new File(['{"prompt": "Hello"}'], "talks.jsonl");
const run = {
  id: "i",
  state: "done",
  dry_run: true,
  report: {
    trees: { taken: 12, there: 0, twice: 3, joined: 0 },
    messages: 40,
    characters: 0,
    langs: { en: 12 },
    joined: 0,
    repeated: 0,
    refused: 2,
    refused_by_code: { orphan: 2 },
    repaired: 0,
    repaired_by_code: {},
    unknown_fields: {},
    notes: [],
  },
} as unknown as Import;

describe("a wish", () => {
  it("is only tried unless somebody says otherwise, and takes the file along last", () => {
    const body = formOf({ ...USUAL, file, origin: " sharegpt.com " });
    expect(body.get("dry_run")).toBe("true");
    expect(body.get("origin")).toBe("sharegpt.com");
    expect([...body.keys()].at(-1)).toBe("file");
  });

  it("needs a file that is neither empty nor too large", () => {
    expect(wrongWith(null, 10)).toBe("upload.fileMissing");
    expect(wrongWith(new File([], "a"), 10)).toBe("upload.empty");
    expect(wrongWith(file, 10)).toBe("upload.tooLarge");
    expect(wrongWith(file, 1000)).toBeUndefined();
    expect(wrongWith(file, undefined)).toBeUndefined();
  });
});

describe("the answer to an upload", () => {
  it("is what was made, or the problem in the server's words", () => {
    expect(answered(201, '{"id": "i"}')).toEqual({ id: "i" });
    try {
      answered(422, '{"code": "unknown_form", "detail": "No such form."}');
      expect.unreachable();
    } catch (error) {
      expect(isProblem(error, "unknown_form") && error.detail).toBe("No such form.");
    }
  });

  it("is a problem too where a proxy gave it", () => {
    expect(() => answered(413, "<html>")).toThrow(expect.objectContaining({ code: "http_413", status: 413 }));
    expect(() => answered(502, "")).toThrow(expect.objectContaining({ code: "no_answer" }));
  });
});

describe("an import", () => {
  it("can be done for real after a try that came to its end, or gone on with where it broke off", () => {
    expect(possible({ state: "running", dry_run: true })).toBe("stop");
    expect(possible({ state: "done", dry_run: true })).toBe("real");
    expect(possible({ state: "failed", dry_run: true })).toBeNull();
    expect(possible({ state: "failed", dry_run: false })).toBe("again");
    expect(possible({ state: "done", dry_run: false })).toBeNull();
  });

  it("tells how far it is, and what came most often", () => {
    expect(share({ done_bytes: 5, total_bytes: 10 })).toBe(0.5);
    expect(share({ done_bytes: 0, total_bytes: 0 })).toBe(0);
    expect(ranked({ b: 1, a: 1, c: 7, none: 0 })).toEqual([["c", 7], ["a", 1], ["b", 1]]); // prettier-ignore
  });

  it("says of a try what would happen, and leaves out what did not", async () => {
    render(<ReportPart run={run} />);
    expect(screen.getByRole("heading", { name: "What would happen" })).toBeInTheDocument();
    expect(screen.getByText("Conversations to take").nextSibling).toHaveTextContent("12");
    expect(screen.getByText("Twice in the file").nextSibling).toHaveTextContent("3");
    expect(screen.queryByText("Here already")).not.toBeInTheDocument();
    await userEvent.click(screen.getByText("Why something was refused", { selector: "summary" }));
    expect(screen.getByRole("row", { name: "orphan 2" })).toBeInTheDocument();
  });
});

describe("the field for a file", () => {
  it("takes what is dropped on it", () => {
    const choose = vi.fn();
    render(<DropField file={null} choose={choose} limit={2_000_000_000} />);
    expect(screen.getByText(/At most 2 GB/)).toBeInTheDocument();
    const field = screen.getByLabelText("File");
    const other = new File(["x"], "other.txt");
    fireEvent.drop(field, { dataTransfer: { files: [file, other] } });
    expect(choose).toHaveBeenLastCalledWith(file);
    expect(screen.getByText(/One file at a time/)).toBeInTheDocument();
  });

  it("takes what is chosen with the browser's own button", async () => {
    const choose = vi.fn();
    render(<DropField file={null} choose={choose} limit={undefined} />);
    await userEvent.upload(screen.getByLabelText("File"), file);
    expect(choose).toHaveBeenLastCalledWith(file);
  });
});
