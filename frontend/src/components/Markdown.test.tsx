import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";
import { isPlain, Markdown } from "./Markdown";

beforeAll(async () => {
  await import("./MarkdownRich");
  await import("./MarkdownMathematics");
  await import("./MarkdownCode");
});

/** The text as it is drawn once all that it needs has been fetched. */
async function drawn(text: string, ready: string): Promise<HTMLElement> {
  const { container } = render(<Markdown text={text} lang="en" />);
  await waitFor(() => expect(container.querySelector(ready)).not.toBeNull(), { timeout: 5000 });
  return container;
}

describe("hostile texts are harmless", () => {
  it.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<iframe src='https://elsewhere.example'></iframe>",
    "<style>body{display:none}</style>",
    '<div onclick="alert(1)">press **here**</div>',
    "<!-- a remark -->",
    "<svg/onload=alert(1)>",
  ])("HTML is shown as it was typed: %s", async (html) => {
    const box = await drawn(`${html}\n\n*and*`, "em");
    expect(box.querySelector("script, img, iframe, style, [onclick], [onerror], svg")).toBeNull();
    expect(box.textContent).toContain(html.replaceAll("**", ""));
  });

  it.each([">", "> ", ">  ", "- ", "1. ", "> 1) * "])(
    "a line that nests thousands deep is shown as typed: %j",
    (piece) => {
      const text = piece.repeat(20_000 / piece.length) + "end";
      const began = performance.now();
      const { container } = render(<Markdown text={text} lang="en" />);
      expect(performance.now() - began).toBeLessThan(1500);
      expect(container.textContent?.trim()).toBe(text);
      expect(container.querySelector("blockquote, ol, ul")).toBeNull();
    },
  );

  it.each([
    "> > > quoted thrice",
    "- - list in a list",
    `${"-".repeat(80)}\n\n*line*`,
    `${"*".repeat(80)}\n\n*line*`,
  ])("what people write is parsed all the same: %j", async (text) => {
    expect(await drawn(text, "blockquote blockquote blockquote, li li, hr + p em")).toBeTruthy();
  });

  it.each([
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](&#106;avascript:alert(1))",
    "[press](data:text/html,<script>alert(1)</script>)",
    "[press](vbscript:x)",
    "[press][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
  ])("no link leads into a script: %s", async (text) => {
    const box = await drawn(`${text}\n\n*and*`, "em");
    expect(box.querySelector("a")).toBeNull();
  });

  it("mathematics can't link, load or dress", async () => {
    const text = String.raw`$\href{javascript:alert(1)}{x}$ $\includegraphics{https://e.example/x.png}$ $\htmlClass{top}{y}$`;
    const box = await drawn(text, ".katex, .katex-error");
    expect(box.querySelector("a, img, .top")).toBeNull();
  });

  it("a formula that breaks is shown as it was typed", async () => {
    const box = await drawn(String.raw`$\frac{1$ and $\nope$`, ".katex-error");
    expect(box.textContent).toContain(String.raw`\frac{1`);
  });

  it("brackets nested two thousand deep are shown", async () => {
    const box = render(<Markdown text={`*a* ${"[".repeat(2000)}x${">".repeat(2000)}`} />).container;
    await waitFor(() => expect(box.textContent).toContain("[[[x>>>"));
  });

  it("quotes nested a thousand deep are shown, drawn or plain", async () => {
    const box = render(<Markdown text={`${">".repeat(1000)} deep`} />).container;
    await waitFor(() => expect(box.textContent).toContain("deep"));
  });
});

describe("pictures from elsewhere", () => {
  it("are words and an address, never loaded", async () => {
    const box = await drawn("![a cat](https://elsewhere.example/cat.png)", "a");
    expect(box.querySelector("img")).toBeNull();
    expect(box).toHaveTextContent("a cat");
    expect(box.querySelector("a")).toHaveTextContent("https://elsewhere.example/cat.png");
  });

  it("are only words inside a link", async () => {
    const box = await drawn("[![a cat](https://e.example/cat.png)](https://e.example)", "a");
    expect(box.querySelectorAll("a")).toHaveLength(1);
  });
});

describe("links", () => {
  it("ask first and show the whole address, with look-alike letters spelled out", async () => {
    await drawn("[my bank](https://exаmple.com/sign-in?next=%2F)", "a"); // the third letter is Cyrillic
    await userEvent.click(screen.getByRole("link", { name: "my bank" }));
    const dialog = screen.getByRole("dialog");
    expect(dialog).toHaveTextContent("https://xn--exmple-4nf.com/sign-in?next=%2F");
    const onward = within(dialog).getByRole("link", { name: "Open in a new tab" });
    expect(onward).toHaveAttribute("target", "_blank");
    expect(onward).toHaveAttribute("rel", "noopener noreferrer nofollow");
  });

  it("open apart even when opened past the question", async () => {
    const box = await drawn("https://elsewhere.example", "a");
    expect(box.querySelector("a")).toHaveAttribute("rel", "noopener noreferrer nofollow");
    expect(box.querySelector("a")).toHaveAttribute("target", "_blank");
  });
});

describe("what is drawn", () => {
  it("headings of a message are none of the page", async () => {
    const box = await drawn("# One\n\n### Three\n\ntext", "p");
    await waitFor(() => expect(box.textContent).not.toContain("#"));
    expect(box.querySelector("h1, h2, h3, h4, h5, h6, [role=heading]")).toBeNull();
  });

  it("a line that ends, ends, also where a tag says so", async () => {
    const box = await drawn("**one**\ntwo<br>three", "br");
    expect(box.querySelectorAll("br")).toHaveLength(2);
  });

  it("program text is coloured when its language is named and known", async () => {
    const box = await drawn("```python\ndef f(): return 1\n```\n\n```nonesuch\nx\n```", ".hl-keyword");
    expect(box.querySelector(".hl-keyword")).toHaveTextContent("def");
    expect(box).toHaveTextContent("x");
  });

  it("mathematics is drawn, also in lists and tables, and read out", async () => {
    const box = await drawn("- \\(x_1 * y_1 * z\\)\n\n| a |\n|---|\n| $x^2$ |", "td .katex");
    expect(box.querySelector("li .katex math")).not.toBeNull();
  });

  it("mathematics has its styles, roots and brackets", async () => {
    const text =
      '$$\n\\sqrt{\\frac{a < b}{\\text{it\'s "c"}}}\\left(\\begin{matrix}1&2\\\\3&4\\end{matrix}\\right)\n$$';
    const box = await drawn(text, ".katex-display");
    expect(box.querySelector(".katex-html .strut")).toHaveAttribute(
      "style",
      expect.stringContaining("height"),
    );
    expect(box.querySelector("svg path")).toHaveAttribute("d");
    expect(box.querySelector("math mfrac")?.textContent).toMatch(/^a<bit’s.*"c"$/);
  });

  it("a price is no mathematics", async () => {
    const box = await drawn("*Lunch* was $5 and dinner $6.", "em");
    expect(box).toHaveTextContent("Lunch was $5 and dinner $6.");
  });

  it("tasks in a list have names, and nothing to press", async () => {
    const box = await drawn("- [x] wash\n- [ ] dry", "li span");
    expect(box.querySelector("input")).toBeNull();
    expect(screen.getByRole("img", { name: "not done" })).toBeInTheDocument();
  });

  it("right-to-left comes from the language, else from the words", () => {
    const { container, rerender } = render(<Markdown text="مرحبا" lang="ar" />);
    expect(container.firstChild).toHaveAttribute("dir", "rtl");
    rerender(<Markdown text="مرحبا" />);
    expect(container.firstChild).toHaveAttribute("dir", "auto");
  });
});

it.each([
  ["Just words, and more.\nAnother line.", true],
  ["Wait – really? (yes!) 3.5 or so", true],
  ["a *b*", false],
  ["- a", false],
  ["1. a", false],
  ["x\n===", false],
  ["$x$", false],
  ["see https://e.example", false],
])("whether %j needs no parser: %s", (text, plain) => expect(isPlain(text)).toBe(plain));
