import { useTranslation } from "react-i18next";
import { languageName } from "@/lib/languages";
import styles from "./publish.module.css";
import { size } from "@/lib/size";
import type { Listed } from "./types";

/** How much is in it, in one line. */
export function Extent({ of }: { of: Listed }) {
  const { t, i18n } = useTranslation("publish");
  return (
    <ul className={styles["extent"]}>
      <li>{t("trees", { count: of.trees })}</li>
      <li>{t("messages", { count: of.messages })}</li>
      <li>{t("people", { count: of.people })}</li>
      <li>{t("languages", { count: of.langs.length })}</li>
      <li>{size(of.bytes, i18n.language)}</li>
    </ul>
  );
}

// As many as are read in a line; what is left is counted.
const NAMED = 6;

export function Languages({ of }: { of: readonly string[] }) {
  const { t, i18n } = useTranslation("publish");
  const named = of.slice(0, of.length > NAMED + 1 ? NAMED : of.length);
  const words = named.map((tag) => languageName(tag, i18n.language));
  const more = of.length - named.length;
  if (more > 0) words.push(t("moreLanguages", { count: more }));
  return <>{new Intl.ListFormat(i18n.language).format(words)}</>;
}
