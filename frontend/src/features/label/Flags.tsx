import { useTranslation } from "react-i18next";
import { Icon } from "@/components/Icon";
import { Key } from "@/components/Words";
import { allLookedAt, type Act, type Judgement, type Question } from "./judging";
import styles from "./label.module.css";

interface Props {
  questions: readonly Question[];
  id: string;
  judgement: Judgement;
  current: boolean;
  onAct: (act: Act) => void;
  onCurrent: () => void;
  onPoint: (question: Question | null) => void;
}

/** All flags as switches, and one press that says "none of these". */
export function Flags({ questions, id, judgement, current, onAct, onCurrent, onPoint }: Props) {
  const { t } = useTranslation("label");
  const among = questions.map(({ name }) => name);
  const anySet = among.some((name) => judgement.labels[name] === 1);
  const denied = allLookedAt(judgement, among) && among.some((name) => judgement.labels[name] === 0);
  return (
    <div
      id={id}
      role="group"
      tabIndex={-1}
      className={`${styles["question"]} ${styles["flags"]}`}
      data-current={current || undefined}
      aria-labelledby={`${id}-title`}
      onFocus={onCurrent}
    >
      <h3 id={`${id}-title`}>{t("flags")}</h3>
      <div className={styles["switches"]}>
        {questions.map((question, place) => (
          <button
            key={question.name}
            type="button"
            className={styles["flag"]}
            aria-pressed={judgement.labels[question.name] === 1}
            onPointerEnter={() => onPoint(question)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(question)}
            onBlur={() => onPoint(null)}
            onClick={() => onAct({ act: "flag", name: question.name, among })}
          >
            <span className={styles["flagMark"]}>
              <Icon name={judgement.labels[question.name] === 1 ? "check" : "flag"} size={18} />
            </span>
            <span>
              <span className={styles["flagTitle"]}>{question.title}</span>
              <span className={styles["flagHelp"]}>{question.help}</span>
            </span>
            <span className={styles["key"]} aria-hidden="true">
              <Key>{String(place + 1)}</Key>
            </span>
          </button>
        ))}
        <button
          type="button"
          className={styles["flag"]}
          aria-pressed={denied}
          onClick={() => onAct({ act: "nothingElse", among })}
        >
          <span className={styles["flagMark"]}>
            <Icon name={denied ? "check" : "close"} size={18} />
          </span>
          <span className={styles["flagTitle"]}>{anySet ? t("nothingElse") : t("nothing")}</span>
          <span className={styles["key"]} aria-hidden="true">
            <Key>0</Key>
          </span>
        </button>
      </div>
    </div>
  );
}
