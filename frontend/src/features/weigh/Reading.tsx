import { useTranslation } from "react-i18next";
import type { HeatProps } from "./HeatPart";
import { correlation, type Cell, type Kind } from "./report";
import { stepOf } from "./scale";
import { useSaid } from "./useSaid";
import styles from "./weigh.module.css";
import { told, twoDigits, whole } from "./words";

/** One field of the map in full: what it says, how sure that is, and of how many messages. */
export function Reading({ cell, kind, least, confidence, names }: HeatProps & { cell: Cell | null }) {
  const { t, i18n } = useTranslation("weigh");
  const said = useSaid(names);
  if (!cell) return <p className={`${styles["reading"]} soft small`}>{t("heat.hint")}</p>;
  const other: Kind = kind === "pearson" ? "spearman" : "pearson";
  return (
    <div className={`${styles["reading"]} ${styles["told"]}`}>
      <p className={styles["pair"]}>
        <span>
          <span className="soft small">{t("heat.people")}</span> {names.label(cell.label)}
        </span>
        <span>
          <span className="soft small">{t("heat.machine")}</span> {names.score(cell.score)}
        </span>
      </p>
      {cell.too_few ? (
        <p>{t("tooFewOf", { count: cell.n, least: whole(least, i18n.language) })}</p>
      ) : (
        <>
          <Told cell={cell} kind={kind} confidence={confidence} />
          <p className="soft small">
            {t("heat.other", { kind: t(`heat.${other}`), figure: said.correlated(cell, other) })}
          </p>
        </>
      )}
      <p className="soft small">
        {t("messagesCount", { count: cell.n })} · {t("heat.reviews")} {whole(cell.n_reviews, i18n.language)} ·{" "}
        {t("heat.imported")} {whole(cell.n_imported, i18n.language)}
      </p>
    </div>
  );
}

function Told({ cell, kind, confidence }: { cell: Cell; kind: Kind; confidence: number }) {
  const { t, i18n } = useTranslation("weigh");
  const found = correlation(cell, kind);
  const { value, low, high } = found;
  if (value === null) return <p>{t("cantTell")}</p>;
  const words = told(found, i18n.language)!;
  const share = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(confidence);
  return (
    <>
      <p className={styles["large"]}>
        <strong>{twoDigits(value, i18n.language)}</strong> {t(`heat.strength.${Math.abs(stepOf(value))}`)}
      </p>
      {"low" in words && <p className="small">{t("heat.interval", { confidence: share, ...words })}</p>}
      {stepOf(value) < 0 && <p className="small">{t("heat.against")}</p>}
      {low !== null && high !== null && low <= 0 && high >= 0 && <p className="small">{t("heat.chance")}</p>}
    </>
  );
}
