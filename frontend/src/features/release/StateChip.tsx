import { useTranslation } from "react-i18next";
import { TONES } from "./progress";
import styles from "./release.module.css";
import type { ReleaseState } from "./types";

/** Where a release stands, in words on a ground. */
export function StateChip({ of }: { of: ReleaseState }) {
  const { t } = useTranslation("release");
  return <span className={`${styles["state"]} ${styles[TONES[of]]}`}>{t(`state.${of}`)}</span>;
}
