import { useTranslation } from "react-i18next";
import styles from "./oversee.module.css";

/** What a figure is made of: "4 deleted, 2 not accepted". */
export function Parts({ of }: { of: Readonly<Record<string, number>> }) {
  const { t } = useTranslation("oversee");
  const parts = Object.entries(of)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one);
  if (parts.length === 0) return null;
  return (
    <ul className={styles["parts"]}>
      {parts.map(([code, count]) => (
        <li key={code}>{t(`parts.${code}`, { count, defaultValue: `${code}: ${count}` })}</li>
      ))}
    </ul>
  );
}
