import { useTranslation } from "react-i18next";
import styles from "./intake.module.css";
import { toneOf } from "./progress";
import type { ImportState } from "./types";

/** Where an import stands, in words on a ground. */
export function StateChip({ of }: { of: ImportState }) {
  const { t } = useTranslation("intake");
  return <span className={`${styles["state"]} ${styles[toneOf(of)]}`}>{t(`state.${of}`)}</span>;
}
