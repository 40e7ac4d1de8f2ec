import { useTranslation } from "react-i18next";
import { Select } from "@/components/Field";
import type { Score } from "@/api/screening";
import type { Roc } from "./report";
import { SCORES } from "@/api/screening";
import { curveOf } from "./scale";
import type { Names } from "./useNames";
import { useSaid } from "./useSaid";
import styles from "./weigh.module.css";
import { whole } from "./words";

interface Props {
  roc: readonly Roc[];
  score: Score;
  choose: (score: Score) => void;
  names: Names;
}

/** How well one score finds what people mark, for each label that is about harm. */
export function RocPart({ roc, score, choose, names }: Props) {
  const { t } = useTranslation("weigh");
  return (
    <section className={styles["part"]} aria-labelledby="finds">
      <h2 id="finds">{t("roc.title")}</h2>
      <p className="soft">{t("roc.lead")}</p>
      <div className={styles["narrow"]}>
        <Select
          label={t("roc.score")}
          value={score}
          onChange={(event) => choose(event.target.value as Score)}
        >
          {SCORES.map((one) => (
            <option key={one} value={one}>
              {names.score(one)}
            </option>
          ))}
        </Select>
      </div>
      <div className={styles["curves"]}>
        {roc
          .filter((one) => one.score === score)
          .map((one) => (
            <Curve key={one.label} roc={one} names={names} />
          ))}
      </div>
    </section>
  );
}

function Curve({ roc, names }: { roc: Roc; names: Names }) {
  const { t, i18n } = useTranslation("weigh");
  const said = useSaid(names);
  const count = { marked: whole(roc.positives, i18n.language), all: whole(roc.n, i18n.language) };
  const area = said.figure({ value: roc.auc, low: roc.auc_low, high: roc.auc_high });
  return (
    <figure className={styles["curve"]}>
      <h3>{names.label(roc.label)}</h3>
      {roc.too_few ? (
        <p className={styles["absent"]}>{t("roc.tooFew", count)}</p>
      ) : (
        <Picture
          roc={roc}
          name={t("roc.picture", {
            score: names.score(roc.score),
            label: names.label(roc.label),
            figure: area,
          })}
        />
      )}
      <figcaption>
        {!roc.too_few && (
          <>
            <p>{t("roc.area", { figure: area })}</p>
            <p className="soft small">{t("roc.marked", count)}</p>
          </>
        )}
      </figcaption>
    </figure>
  );
}

const SIDE = 200;

function Picture({ roc, name }: { roc: Roc; name: string }) {
  const { t } = useTranslation("weigh");
  const line = curveOf(roc.points, SIDE);
  return (
    <div className={styles["plot"]}>
      <span className={styles["upward"]}>{t("roc.found")}</span>
      <svg viewBox={`-2 -2 ${SIDE + 4} ${SIDE + 4}`} role="img" aria-label={name}>
        <path className={styles["under"]} d={`${line}L${SIDE} ${SIDE}Z`} />
        <rect className={styles["frame"]} width={SIDE} height={SIDE} />
        <path className={styles["guess"]} d={`M0 ${SIDE}L${SIDE} 0`} />
        <path className={styles["line"]} d={line} />
      </svg>
      <span className={styles["along"]}>{t("roc.falseAlarms")}</span>
    </div>
  );
}
