import { useTranslation } from "react-i18next";
import styles from "./label.module.css";
import type { Question } from "./judging";

/** What is asked, and what is meant by it. */
export function QuestionWords({ id, question }: { id: string; question: Question }) {
  const { t } = useTranslation("label");
  return (
    <div className={styles["asked"]}>
      <h3 id={`${id}-title`}>
        {question.title} {question.mandatory && <span className={styles["needed"]}>{t("mandatory")}</span>}
      </h3>
      <p id={`${id}-help`}>{question.help}</p>
    </div>
  );
}
