import { Component, lazy, memo, Suspense, type ReactNode } from "react";
import { directionOf } from "@/lib/languages";
import { MarkdownPlain } from "./MarkdownPlain";
import styles from "./Markdown.module.css";

const Rich = lazy(() => import("./MarkdownRich"));

/** Whether a text has nothing that Markdown would draw differently: most messages, and they need no parser. */
export function isPlain(text: string): boolean {
  return !/[*_`#>|$\\[\]<~&]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|^ {4}|^\t|^\s*(?:-{3,}|={3,})\s*$/m.test(
    text,
  );
}

// Quotes in quotes, lists in lists, all begun in one line: nobody writes that, and parsing thousands takes a minute.
const TOO_DEEP = /^[ \t]*(?:>[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]+){40}/m;

/** A message's text as it is meant to be read. `lang` sets its direction, its hyphens and its face. */
export const Markdown = memo(function Markdown({ text, lang }: { text: string; lang?: string }) {
  const plain = <MarkdownPlain text={text} />;
  return (
    <div className={`reading ${styles["markdown"]}`} lang={lang} dir={lang ? directionOf(lang) : "auto"}>
      {isPlain(text) || TOO_DEEP.test(text) ? (
        plain
      ) : (
        <ElsePlain text={text} plain={plain}>
          <Suspense fallback={plain}>
            <Rich text={text} />
          </Suspense>
        </ElsePlain>
      )}
    </div>
  );
});

interface Net {
  text: string;
  plain: ReactNode;
  children: ReactNode;
}

/** A text that can't be parsed, or whose parser can't be fetched, is shown as it was written. */
class ElsePlain extends Component<Net, { failed: boolean; text: string }> {
  override state = { failed: false, text: this.props.text };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: Net, state: { text: string }) {
    return props.text === state.text ? null : { failed: false, text: props.text };
  }

  override render() {
    return this.state.failed ? this.props.plain : this.props.children;
  }
}
