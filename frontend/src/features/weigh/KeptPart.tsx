import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { KeptDeleted, Spread } from "./report";
import { decades, placeOn } from "./scale";
import type { Names } from "./useNames";
import { useSaid } from "./useSaid";
import styles from "./weigh.module.css";
import { Wide } from "@/components/Wide";
import { twoFigures, whole } from "./words";

/** The scores of messages that were kept beside those that were deleted: seen as dots, read as a table. */
export function KeptPart({ rows, names }: { rows: readonly KeptDeleted[]; names: Names }) {
  const { t, i18n } = useTranslation("weigh");
  const first = rows[0];
  if (!first) return null;
  const counts = { kept: whole(first.kept.n, i18n.language), deleted: whole(first.deleted.n, i18n.language) };
  return (
    <section className={styles["part"]} aria-labelledby="kept">
      <h2 id="kept">{t("kept.title")}</h2>
      {first.too_few ? (
        <p className={styles["absent"]}>{t("kept.tooFew", counts)}</p>
      ) : (
        <>
          <p className="soft">{t("kept.lead")}</p>
          <p className={styles["marks"]}>
            <span>
              <svg className={styles["sign"]} aria-hidden="true">
                <circle className={styles["keptMark"]} cx="50%" cy="50%" r="5" />
              </svg>
              {t("kept.keptCount", { count: first.kept.n })}
            </span>
            <span>
              <svg className={styles["sign"]} aria-hidden="true">
                <Diamond x="50%" y="50%" />
              </svg>
              {t("kept.deletedCount", { count: first.deleted.n })}
            </span>
          </p>
          <Dots rows={rows} names={names} />
          <Table rows={rows} names={names} />
        </>
      )}
    </section>
  );
}

/** A square on its corner, which keeps its size wherever in percent it stands. */
function Diamond({ x, y }: { x: string; y: string }) {
  return (
    <svg x={x} y={y} overflow="visible">
      <path className={styles["deletedMark"]} d="M0-6.5L6.5 0L0 6.5L-6.5 0Z" />
    </svg>
  );
}

function Dots({ rows, names }: { rows: readonly KeptDeleted[]; names: Names }) {
  const { t, i18n } = useTranslation("weigh");
  const rtl = i18n.dir() === "rtl";
  const scale = decades(
    rows.flatMap(({ kept, deleted }) => [kept.low, kept.high, deleted.low, deleted.high]),
  );
  const at = (value: number) => {
    const place = placeOn(scale, value) * 100;
    return `${rtl ? 100 - place : place}%`;
  };
  const ticks = Array.from({ length: scale.to - scale.from + 1 }, (_, step) => 10 ** (scale.from + step));
  return (
    <div className={styles["dots"]} style={{ "--rows": rows.length } as CSSProperties}>
      <div className={styles["rowNames"]} aria-hidden="true">
        {rows.map(({ score }) => (
          <span key={score}>{names.score(score)}</span>
        ))}
      </div>
      <div className={styles["canvas"]}>
        <svg role="img" aria-label={t("kept.picture")}>
          {ticks.map((tick) => (
            <line key={tick} className={styles["tick"]} x1={at(tick)} x2={at(tick)} y1="0" y2="100%" />
          ))}
          {rows.map(({ score, kept, deleted }, row) => {
            const y = (part: number) => `${((row + part) / rows.length) * 100}%`;
            return (
              <g key={score}>
                <Whisker spread={kept} at={at} y={y(0.35)} look="keptMark" />
                {kept.mean !== null && (
                  <circle className={styles["keptMark"]} cx={at(kept.mean)} cy={y(0.35)} r="5" />
                )}
                <Whisker spread={deleted} at={at} y={y(0.65)} look="deletedMark" />
                {deleted.mean !== null && <Diamond x={at(deleted.mean)} y={y(0.65)} />}
              </g>
            );
          })}
        </svg>
        <div className={styles["ticks"]} aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick}>
              {new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 8 }).format(tick)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function Whisker({
  spread: { low, high },
  at,
  y,
  look,
}: {
  spread: Spread;
  at: (value: number) => string;
  y: string;
  look: string;
}) {
  if (low === null || high === null) return null;
  return <line className={styles[look]} x1={at(low)} x2={at(high)} y1={y} y2={y} />;
}

function Table({ rows, names }: { rows: readonly KeptDeleted[]; names: Names }) {
  const { t } = useTranslation("weigh");
  const said = useSaid(names);
  const mean = ({ mean: value, low, high }: Spread) => said.figure({ value, low, high }, twoFigures);
  return (
    <Wide name={t("kept.title")}>
      <table className={styles["table"]}>
        <caption className="visually-hidden">{t("kept.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("kept.score")}</th>
            <th scope="col">{t("kept.mean", { group: t("kept.kept") })}</th>
            <th scope="col">{t("kept.mean", { group: t("kept.deleted") })}</th>
            <th scope="col">{t("kept.difference")}</th>
            <th scope="col">{t("kept.auc")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.score}>
              <th scope="row">{names.score(row.score)}</th>
              <td>{mean(row.kept)}</td>
              <td>{mean(row.deleted)}</td>
              <td>
                {said.figure(
                  { value: row.difference, low: row.difference_low, high: row.difference_high },
                  twoFigures,
                )}
              </td>
              <td>{said.figure({ value: row.auc, low: row.auc_low, high: row.auc_high })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
