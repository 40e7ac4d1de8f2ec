import { useTranslation } from "react-i18next";
import styles from "./PathHint.module.css";

export const PATH = ["account", "terms", "languages", "learn", "task"] as const;

/** How far along a newcomer is on the way to the first task. */
export function PathHint({ at }: { at: (typeof PATH)[number] }) {
  const { t } = useTranslation();
  const here = PATH.indexOf(at);
  const step = { number: here + 1, count: PATH.length, name: t(`path.${at}`) };
  return (
    <div className={styles["path"]} role="group" aria-label={t("path.label")}>
      <span className={styles["dots"]} aria-hidden="true">
        {PATH.map((name, place) => (
          <span key={name} data-state={place < here ? "done" : place === here ? "here" : "ahead"} />
        ))}
      </span>
      <span>{t("path.step", step)}</span>
    </div>
  );
}
