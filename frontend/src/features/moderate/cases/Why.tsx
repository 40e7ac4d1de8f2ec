import { useTranslation } from "react-i18next";
import styles from "./cases.module.css";
import type { Case, Cause } from "./types";
import { useNames } from "./useNames";
import { detailOf, type Detail } from "./why";

/** Why this is here, in words with numbers. */
export function Why({ one }: { one: Case }) {
  const { t } = useTranslation("moderate");
  return (
    <section className={styles["why"]} aria-label={t("cases.why")}>
      <ul>
        {one.causes.map((cause) => (
          <li key={cause.code}>
            <strong>{t(`cases.cause.${cause.code}`)}</strong> <Said cause={cause} one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ cause, one }: { cause: Cause; one: Case }) {
  const detail = detailOf(cause, one);
  return <span>{detail ? <Words of={detail} /> : cause.text}</span>;
}

function Words({ of: { key, count = 0, shares = {}, score, label } }: { of: Detail }) {
  const { t } = useTranslation("moderate");
  const { shareOf, labelOf } = useNames();
  const written = Object.fromEntries(Object.entries(shares).map(([name, value]) => [name, shareOf(value)]));
  const named = {
    ...(score && { score: t(`common:score.${score}`) }),
    ...(label && { label: labelOf(label) }),
  };
  return <>{t(`cases.detail.${key}`, { count, ...written, ...named })}</>;
}
