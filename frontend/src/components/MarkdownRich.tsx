import { useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Nodes, Root } from "mdast";
import ReactMarkdown, { type Options } from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import type { PluggableList, Processor } from "unified";
import { withMathematics } from "./MarkdownDollars";
import { MarkdownPlain } from "./MarkdownPlain";
import { AskFirst, Leaving, PARTS } from "./MarkdownParts";

/** Tags that people type are words like any other: the parser never makes HTML of them. */
function noHtml(this: Processor) {
  const data = this.data() as { micromarkExtensions?: object[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: ["htmlFlow", "htmlText"] } });
}

/** A line that ends, ends: people who write messages press Enter once. <br> is the one tag that is understood. */
function lineBreaks() {
  return (tree: Root): void => broken(tree);
}

function broken(node: Nodes): void {
  if (!("children" in node)) return;
  const children: Nodes[] = node.children;
  (node as { children: Nodes[] }).children = children.flatMap((child): Nodes[] => {
    if (child.type === "text") return linesOf(child.value);
    broken(child);
    return [child];
  });
}

function linesOf(text: string): Nodes[] {
  return text
    .split(/ *\n *|<br *\/?>/i)
    .flatMap((value, place): Nodes[] => [
      ...(place > 0 ? [{ type: "break" } as const] : []),
      ...(value ? [{ type: "text", value } as const] : []),
    ]);
}

const schema = {
  ...defaultSchema,
  clobberPrefix: "", // footnotes get a prefix of their own for each text
  attributes: {
    ...defaultSchema.attributes,
    code: [["className", /^language-./, "math-inline", "math-display"]],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["http", "https"], cite: [] },
} as typeof defaultSchema;

const REMARK: PluggableList = [remarkGfm, noHtml, lineBreaks];
const REHYPE: PluggableList = [[rehypeSanitize, schema]];

const mathematics = () => import("./MarkdownMathematics");
const code = () => import("./MarkdownCode");

/** A part that is fetched when it is wanted: null while it is not, undefined while it is under way. */
function useFetched<T extends object>(wanted: boolean, load: () => Promise<T>): T | null | undefined {
  const [fetched, setFetched] = useState<T | Error>();
  useEffect(() => {
    if (wanted) load().then(setFetched, setFetched);
  }, [wanted, load]);
  if (fetched instanceof Error) throw fetched; // the text is then shown as it was written
  return wanted ? fetched : null;
}

const NAMED_BLOCK = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(?:`{3,}|~{3,})\s*\S/m;
const MATH_BLOCK = /^[\s>]*(?:`{3,}|~{3,})\s*math\b/m;

/** GFM, sanitised, with mathematics and coloured code where a text has some. Loaded only when a text needs it. */
export default function MarkdownRich({ text }: { text: string }) {
  const { t } = useTranslation();
  const [asked, ask] = useState<string | null>(null);
  const id = useId();
  const { text: source, found } = useMemo(() => withMathematics(text), [text]);
  const math = useFetched(found || MATH_BLOCK.test(text), mathematics);
  const colours = useFetched(NAMED_BLOCK.test(text), code);
  const drawn = useMemo(() => {
    const options: Options = {
      remarkPlugins: [...REMARK, ...(math?.remark ?? [])],
      rehypePlugins: [...REHYPE, ...(math?.rehype ?? []), ...(colours ? [colours.inColours] : [])],
      remarkRehypeOptions: {
        clobberPrefix: `note-${id.replace(/\W/g, "")}-`,
        footnoteLabel: t("text.footnotes"),
        footnoteBackLabel: t("text.footnoteBack"),
      },
      components: PARTS,
    };
    return <ReactMarkdown {...options}>{source}</ReactMarkdown>;
  }, [source, math, colours, id, t]);
  if (math === undefined || colours === undefined) return <MarkdownPlain text={text} />;
  return (
    <AskFirst value={ask}>
      {drawn}
      {asked !== null && <Leaving to={asked} onClose={() => ask(null)} />}
    </AskFirst>
  );
}
