import { lazy, Suspense } from "react";
import { directionOf } from "@/lib/languages";
import styles from "./Markdown.module.css";

const Rich = lazy(() => import("./MarkdownRich"));

/** Whether a text has nothing that Markdown would draw differently: most messages, and they need no parser. */
export function isPlain(text: string): boolean {
  return !/[*_`#>|$\\[\]<~&]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|^ {4}|^\t|^\s*(?:-{3,}|={3,})\s*$/m.test(
    text,
  );
}

/** A message's text as it is meant to be read. `lang` sets its direction, its hyphens and its face. */
export function Markdown({ text, lang }: { text: string; lang?: string }) {
  const plain = <Plain text={text} />;
  return (
    <div className={`reading ${styles["markdown"]}`} lang={lang} dir={lang ? directionOf(lang) : "auto"}>
      {isPlain(text) ? plain : <Suspense fallback={plain}>{<Rich text={text} />}</Suspense>}
    </div>
  );
}

function Plain({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph, place) => (
    <p key={place} className={styles["plain"]}>
      {paragraph}
    </p>
  ));
}
