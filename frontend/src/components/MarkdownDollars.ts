/**
 * Finds mathematics in Markdown and writes all of it between double dollars, the one way that the parser is told to
 * know. People write $x$, $$x$$, \(x\) and \[x\]; they also write "$5 and $6", code with dollars, and \[links\].
 */
export interface Found {
  text: string;
  /** Whether there was any. */
  found: boolean;
}

const MOST = 400; // formulas in one text: each is drawn by itself, and a page with thousands stands still
const LIMIT = 4000; // characters of one formula: keeps hostile texts from being searched again and again
const INSIDE = String.raw`(?!\n[ \t]*\n)[\s\S]`;
const TOKEN = new RegExp(
  [
    String.raw`(?<code>(?<!\x60)(?<ticks>\x60+)(?!\x60)(?:${INSIDE}){1,${LIMIT}}?(?<!\x60)\k<ticks>(?!\x60))`,
    String.raw`\\\((?<round>(?:(?!\\\))${INSIDE}){1,${LIMIT}})\\\)`,
    String.raw`\\\[(?<square>(?:(?!\\\])${INSIDE}){1,${LIMIT}})\\\]`,
    String.raw`\\[\\$\x60]`,
    String.raw`(?<!\$)\$\$(?!\$)(?<double>(?:(?!\$\$)${INSIDE}){1,${LIMIT}})\$\$(?!\$)`,
    String.raw`(?<!\$)\$(?![\s$])(?<single>(?:\\[\s\S]|(?!\n[ \t]*\n)[^$\\]){1,${LIMIT}})(?<!\s)\$(?![\d$])`,
    String.raw`(?<stray>\${2,})`,
  ].join("|"),
  "g",
);
const FENCE = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})/;
const ITEM = /^[\s>]*(?:[-*+]|\d+[.)])\s/;

export function withMathematics(text: string): Found {
  if (!/\$|\\[([]/.test(text)) return { text, found: false };
  let found = 0;
  const parts = partsOf(text).map((part) => {
    if (part.code) return part.text;
    const written = rewritten(part.text);
    found += written.found;
    return written.text;
  });
  return found > 0 && found <= MOST ? { text: parts.join("\n"), found: true } : { text, found: false };
}

interface Part {
  code: boolean;
  text: string;
}

/** The text in runs of lines that are a block of code, and runs that are not. */
function partsOf(text: string): Part[] {
  const parts: { code: boolean; lines: string[] }[] = [];
  const isCode = codeReader();
  for (const line of text.split("\n")) {
    const code = isCode(line);
    const last = parts.at(-1);
    if (last?.code === code) last.lines.push(line);
    else parts.push({ code, lines: [line] });
  }
  return parts.map((part) => ({ code: part.code, text: part.lines.join("\n") }));
}

/** Read the lines of a text in order; true for those that belong to a block of code. */
function codeReader(): (line: string) => boolean {
  let fence = "";
  let listed = false;
  let blank = true;
  return (line) => {
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (fence) {
      if (mark.startsWith(fence) && line.trim().endsWith(mark)) fence = "";
      return true;
    }
    fence = mark;
    const indented: boolean = blank && !listed && /^(?: {4}|\t)\s*\S/.test(line);
    listed ||= ITEM.test(line);
    blank = indented || line.trim() === "";
    return indented || mark !== "";
  };
}

/** A text with its formulas between double dollars, and how many there are. */
function rewritten(text: string): { text: string; found: number } {
  let found = 0;
  const written = text.replace(TOKEN, (whole: string, ...more: unknown[]) => {
    const groups = more.at(-1) as Groups;
    const place = more.at(-3) as number;
    if (groups.stray) return whole.replaceAll("$", String.raw`\$`);
    const body = formulaIn(groups);
    if (body === undefined) return whole;
    found += 1;
    const display = groups.square ?? groups.double;
    return display === undefined ? `$$${inLine(body)}$$` : displayed(body, text, place, whole.length);
  });
  return { text: written, found };
}

type Groups = Partial<Record<"round" | "square" | "double" | "single" | "stray", string>>;

function formulaIn(groups: Groups): string | undefined {
  const body = groups.round ?? groups.square ?? groups.double ?? groups.single ?? "";
  if (body.trim() === "" || (groups.single && isProse(groups.single))) return undefined;
  return body;
}

/** "$100, which is less than 90€" between two prices: words, and none of the signs that formulas are made of. */
function isProse(body: string): boolean {
  return (
    !/[\\^_{}=<>+*]/.test(body) && /\p{L}{2,}[\s,.;:!?’']+\S*\p{L}{2,}|^\d[\d.,]*\s+\p{L}{2,}/u.test(body)
  );
}

function inLine(body: string): string {
  return body.replace(/\s*\n[\s>]*/g, " ").trim();
}

/** A formula that has its lines for itself becomes a block; one within a sentence stays there, drawn large. */
function displayed(body: string, text: string, place: number, length: number): string {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const before = text.slice(start, place);
  const after = /^[^\n]*/.exec(text.slice(place + length))?.[0] ?? "";
  const alone = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?$/.test(before) && after.trim() === "";
  if (!alone) return String.raw`$$\displaystyle ${inLine(body)}$$`;
  const prefix = before.replace(/[^\s>]/g, " ");
  const lines = body
    .trim()
    .split("\n")
    .map((line) => (prefix.includes(">") ? line.replace(/^[\s>]*/, "") : line.trim()))
    .filter((line) => line !== "");
  return ["$$", ...lines.map((line) => prefix + line), `${prefix}$$`].join("\n");
}
