import { useTranslation } from "react-i18next";
import { RoleMark } from "@/components/Mark";
import { percent } from "./Gauges";
import styles from "./moderate.module.css";
import type { Triaged } from "./place";

interface Props {
  items: readonly Triaged[];
  current: string;
  onPick: (id: string) => void;
}

/** What waits, the worst first; where there is room for it, beside the message one is at. */
export function Queue({ items, current, onPick }: Props) {
  const { t, i18n } = useTranslation("moderate");
  return (
    <ol className={styles["queue"]} aria-label={t("queue")}>
      {items.map(({ message, peak }) => (
        <li key={message.id}>
          <button
            type="button"
            aria-current={message.id === current || undefined}
            onClick={() => onPick(message.id)}
          >
            <RoleMark role={message.role} size={18} />
            <span className={styles["excerpt"]} lang={message.lang} dir="auto">
              {message.text.slice(0, 160)}
            </span>
            <span className={styles["value"]}>{percent(peak, i18n.language)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
