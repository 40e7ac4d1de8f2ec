import { useTranslation } from "react-i18next";
import { Note } from "@/components/States";
import type { Health } from "./asking";
import styles from "./tend.module.css";

/** Trees in which nothing goes on although it should: there must be none. */
export function Stuck({ stuck }: { stuck: Health["stuck"] }) {
  const { t } = useTranslation("tend");
  if (stuck.n === null) return <Note title={t("stuck.unknown")} />;
  if (stuck.n === 0)
    return (
      <Note tone="good" title={t("stuck.none")}>
        {t("stuck.lookedAt", { count: stuck.looked_at })}
      </Note>
    );
  return (
    <Note tone="bad" title={t("stuck.some", { count: stuck.n })}>
      <p>{t("stuck.do")}</p>
      <ul className={styles["plain"]}>
        {stuck.examples.map((one) => (
          <li key={one} dir="auto">
            {one}
          </li>
        ))}
      </ul>
    </Note>
  );
}
