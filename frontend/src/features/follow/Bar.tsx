import { useTranslation } from "react-i18next";
import styles from "./follow.module.css";
import { percent } from "./words";

interface Props {
  title: string;
  help?: string;
  poles?: readonly string[] | null;
  value: number;
  note?: string;
}

/** One judgement between 0 and 1. */
export function Bar({ title, help, poles, value, note }: Props) {
  const { i18n } = useTranslation();
  return (
    <div>
      <dt title={help}>{title}</dt>
      <dd>
        <span className={styles["rail"]} aria-hidden="true">
          <span style={{ inlineSize: `${value * 100}%` }} />
        </span>
        <span className={styles["value"]}>{percent(value, i18n.language)}</span>
        {poles && (
          <span className={styles["poles"]}>
            <span>{poles[0]}</span>
            <span>{poles[1]}</span>
          </span>
        )}
        {note && <span className="visually-hidden">{note}</span>}
      </dd>
    </div>
  );
}
