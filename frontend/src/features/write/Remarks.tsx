import { useTranslation } from "react-i18next";
import { Note } from "@/components/States";
import { languageName } from "@/lib/languages";
import styles from "./write.module.css";

interface Props {
  length: number;
  limit: number;
  short: boolean;
  /** The language it looks like, where that is another one. */
  other: string | null;
  lang: string;
}

/** What can be said of a text while it is written: its length, and gently what may be amiss. */
export function Remarks({ length, limit, short, other, lang }: Props) {
  const { t, i18n } = useTranslation("write");
  const over = length > limit;
  return (
    <div className={styles["remarks"]}>
      <p className={styles["count"]}>
        <span className="soft">{short && t("short")}</span>
        <span className={over ? styles["over"] : "soft"}>
          {Number.isFinite(limit) ? t("length", { count: length, limit }) : length}
        </span>
      </p>
      {over && (
        <Note tone="bad" live>
          {t("tooLong", { count: length - limit })}
        </Note>
      )}
      {other && (
        <Note tone="warn" live>
          {t("otherLanguage", {
            other: languageName(other, i18n.language),
            wanted: languageName(lang, i18n.language),
          })}
        </Note>
      )}
    </div>
  );
}
