import { useTranslation } from "react-i18next";
import { enough, percent, placeOf } from "./figures";
import styles from "./oversee.module.css";
import type { Share } from "./types";

const LONG = 200;
const AT = 10;

/** A share from 0 to 100 %: a dot where it was measured, a line over what it may be in truth. Its words stand beside it. */
export function Whisker({ of }: { of: Pick<Share, "rate" | "low" | "high"> }) {
  const { rate, low, high } = of;
  if (rate === null || low === null || high === null) return null;
  const [from, to, dot] = [low, high, rate].map((share) => 4 + placeOf(share, LONG - 8));
  return (
    <svg
      className={`${styles["whisker"]} mirrored`}
      viewBox={`0 0 ${LONG} 20`}
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles["rule"]} d={`M4 ${AT}H${LONG - 4}M4 5V15M${LONG / 2} 7V13M${LONG - 4} 5V15`} />
      <path className={styles["span"]} d={`M${from} ${AT}H${to}M${from} 6V14M${to} 6V14`} />
      <circle className={styles["dot"]} cx={dot} cy={AT} r="5" />
    </svg>
  );
}

/** "57 of 80, between 60% and 80%"; or that there are too few to say. */
export function ShareWords({ good, of }: { good: number; of: Share }) {
  const { t, i18n } = useTranslation("oversee");
  if (of.n === 0) return <>{t("share.none")}</>;
  if (!enough(of)) return <>{t("share.few", { good, count: of.n })}</>;
  return (
    <>
      {t("share.of", {
        good,
        count: of.n,
        low: percent(of.low ?? 0, i18n.language),
        high: percent(of.high ?? 1, i18n.language),
      })}
    </>
  );
}
