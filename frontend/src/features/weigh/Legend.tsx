import { useId } from "react";
import { useTranslation } from "react-i18next";
import { STEPS, shadeOf } from "./scale";
import styles from "./weigh.module.css";
import { twoDigits, whole } from "./words";

const SHADES = STEPS.length * 2 + 1;

/** What the colours mean. The figures are in the fields, so it is only looked at. */
export function Legend({ least }: { least: number }) {
  const { t, i18n } = useTranslation("weigh");
  const hatch = useId();
  const rtl = i18n.dir() === "rtl";
  const strongest = STEPS[STEPS.length - 1]!;
  return (
    <div className={styles["legend"]}>
      <div className={styles["ends"]}>
        <span>{t("heat.opposite")}</span>
        <span>{t("heat.together")}</span>
      </div>
      <svg className={styles["shades"]} aria-hidden="true">
        {Array.from({ length: SHADES }, (_, place) => (
          <rect
            key={place}
            className={`${styles["ground"]} ${styles[shadeOf(place - STEPS.length)]}`}
            x={`${((rtl ? SHADES - 1 - place : place) * 100) / SHADES}%`}
            width={`${100 / SHADES}%`}
            height="100%"
          />
        ))}
      </svg>
      <div className={styles["ends"]}>
        <span>{twoDigits(-strongest, i18n.language)}</span>
        <span>0</span>
        <span>{twoDigits(strongest, i18n.language)}</span>
      </div>
      <p className={styles["key"]}>
        <svg className={styles["swatch"]} aria-hidden="true">
          <defs>
            <pattern
              id={hatch}
              width="8"
              height="8"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line className={styles["hatch"]} x1="0" y1="0" x2="0" y2="8" />
            </pattern>
          </defs>
          <rect className={`${styles["ground"]} ${styles["unknown"]}`} width="100%" height="100%" />
          <rect width="100%" height="100%" fill={`url(#${hatch})`} />
        </svg>
        {t("heat.under", { least: whole(least, i18n.language) })}
      </p>
    </div>
  );
}
