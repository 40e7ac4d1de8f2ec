import { useTranslation } from "react-i18next";
import styles from "./weigh.module.css";

const WORDS = ["pearson", "spearman", "interval", "auc", "somewhat"] as const;

/** The words of the figures, in plain ones. */
export function HowToRead() {
  const { t } = useTranslation("weigh");
  return (
    <details className={styles["how"]}>
      <summary>{t("read.title")}</summary>
      <dl>
        {WORDS.map((word) => (
          <div key={word}>
            <dt>{t(`read.${word}.name`)}</dt>
            <dd>{t(`read.${word}.text`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
