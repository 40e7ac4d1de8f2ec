import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Key } from "@/components/Words";
import { QuestionWords } from "./QuestionWords";
import styles from "./label.module.css";
import type { Act, Judgement, Question, Step } from "./judging";
import { useAnswerWords } from "./words";

interface Props {
  step: Extract<Step, { kind: "choice" }>;
  id: string;
  judgement: Judgement;
  current: boolean;
  onAct: (act: Act) => void;
  onCurrent: () => void;
  /** The mouse rests on this question, or on none. */
  onPoint: (question: Question | null) => void;
}

/** One question, answered with one of a few words, or with "can't tell" where it may stay open. */
export function Choice({ step, id, judgement, current, onAct, onCurrent, onPoint }: Props) {
  const { t } = useTranslation("label");
  const radios = useId();
  const words = useAnswerWords();
  const { question, values } = step;
  const { name, mandatory, poles } = question;
  const unsure = judgement.unsure.includes(name);
  return (
    <div
      id={id}
      role="radiogroup"
      tabIndex={-1}
      className={styles["question"]}
      data-current={current || undefined}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-help`}
      aria-required={mandatory || undefined}
      onFocus={onCurrent}
      onPointerEnter={() => onPoint(question)}
      onPointerLeave={() => onPoint(null)}
    >
      <QuestionWords id={id} question={question} />
      <div className={`${styles["options"]} ${values.length > 2 ? styles["scale"] : ""}`}>
        {values.map((value, place) => (
          <label key={value} className={styles["option"]}>
            <input
              type="radio"
              name={radios}
              checked={judgement.labels[name] === value}
              onChange={() => onAct({ act: "answer", name, value })}
            />
            <span className={styles["word"]}>{words(question, value)}</span>
            <span className={styles["key"]} aria-hidden="true">
              <Key>{String(place + 1)}</Key>
            </span>
          </label>
        ))}
        {poles && (
          <div className={styles["poles"]} aria-hidden="true">
            <span>{poles[0]}</span>
            <span>{poles[1]}</span>
          </div>
        )}
      </div>
      {!mandatory && (
        <button
          type="button"
          className={styles["unsure"]}
          aria-pressed={unsure}
          onClick={() => onAct({ act: "unsure", name })}
        >
          {t("cantTell")}
          <span className={styles["key"]} aria-hidden="true">
            <Key>0</Key>
          </span>
        </button>
      )}
    </div>
  );
}
