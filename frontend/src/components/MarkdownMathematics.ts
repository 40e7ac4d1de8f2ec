import type { Element, ElementContent, Root } from "hast";
import katex from "katex";
import remarkMath from "remark-math";
import type { PluggableList } from "unified";
import "katex/dist/katex.min.css";

/** Mathematics, with its face. Loaded with the first text that has some. Commands that reach outside are off. */
export const remark: PluggableList = [[remarkMath, { singleDollarTextMath: false }]];
export const rehype: PluggableList = [[formulas]];

/** Draws what the parser found to be mathematics. What can't be drawn stays as it was written. */
function formulas() {
  return (tree: Root): void => drawIn(tree);
}

function drawIn(node: Root | Element): void {
  node.children = node.children.flatMap((child): ElementContent[] => {
    if (child.type !== "element") return [child as ElementContent];
    const code = child.tagName === "pre" ? child.children.find(isElement) : child;
    if (code?.tagName === "code" && classesOf(code).includes("language-math"))
      return drawn(code, child.tagName === "pre" || classesOf(code).includes("math-display"));
    drawIn(child);
    return [child];
  });
}

function drawn(code: Element, displayMode: boolean): ElementContent[] {
  const formula = code.children.map((one) => (one.type === "text" ? one.value : "")).join("");
  try {
    return parsed(
      katex.renderToString(formula, {
        displayMode,
        trust: false,
        strict: "ignore",
        maxExpand: 300,
        maxSize: 40,
        throwOnError: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const properties = { className: ["katex-error"], title: error.message };
    return [{ type: "element", tagName: "code", properties, children: [{ type: "text", value: formula }] }];
  }
}

const isElement = (node: ElementContent): node is Element => node.type === "element";

function classesOf(node: Element): string[] {
  const classes = node.properties["className"];
  return Array.isArray(classes) ? classes.map(String) : [];
}

const PIECE = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

/**
 * The nodes of markup that KaTeX wrote. A browser's own parser would take its style attributes for styles of the
 * page, which the page forbids; React sets the same styles one by one, which it allows.
 */
function parsed(markup: string): ElementContent[] {
  const top: ElementContent[] = [];
  const open: Element[] = [];
  for (PIECE.lastIndex = 0; PIECE.lastIndex < markup.length;) {
    const found = PIECE.exec(markup);
    if (!found) throw new Error(`Markup that is not understood: ${markup}`);
    const [, closing, tagName = "", attributes = "", closed, text] = found;
    if (closing) {
      open.pop();
      continue;
    }
    const node: ElementContent =
      text === undefined
        ? { type: "element", tagName, properties: propertiesIn(attributes), children: [] }
        : { type: "text", value: plain(text) };
    (open.at(-1)?.children ?? top).push(node);
    if (node.type === "element" && !closed) open.push(node);
  }
  return top;
}

function propertiesIn(attributes: string): Element["properties"] {
  const found = [...attributes.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) =>
    name === "class" ? ["className", plain(value).split(" ")] : [name, plain(value)],
  );
  return Object.fromEntries(found) as Element["properties"];
}

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_whole, name: string) => NAMED[name] ?? "");
}
