import styles from "./Markdown.module.css";

/** A text as it was written: empty lines part paragraphs, nothing else means anything. */
export function MarkdownPlain({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph, place) => (
    <p key={place} className={styles["plain"]}>
      {paragraph}
    </p>
  ));
}
