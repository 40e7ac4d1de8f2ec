import { useTranslation } from "react-i18next";
import looks from "@/components/Button.module.css";
import { Ago } from "@/components/Words";
import { languageName } from "@/lib/languages";
import { judgements, type Figures, type Report } from "./report";
import styles from "./weigh.module.css";
import { Wide } from "@/components/Wide";
import { whole } from "./words";

/** Of what and of how much the figures are made, and the figures as files. */
export function SourcesPart({ report, figures }: { report: Report; figures: Figures }) {
  const { t, i18n } = useTranslation("weigh");
  const { reviews, imported } = judgements(figures.cells);
  const unread = report.unsupported.map(({ lang, messages }) =>
    t("sources.language", { language: languageName(lang, i18n.language), count: messages }),
  );
  return (
    <section className={styles["part"]} aria-labelledby="sources">
      <h2 id="sources">{t("sources.title")}</h2>
      <p>
        {t("sources.scored", { count: figures.n_scored })}{" "}
        {t("sources.judgements", {
          reviews: whole(reviews, i18n.language),
          imported: whole(imported, i18n.language),
        })}
      </p>
      {unread.length > 0 && (
        <p>{t("sources.notSupported", { languages: new Intl.ListFormat(i18n.language).format(unread) })}</p>
      )}
      <Models models={report.models} />
      <p className="soft small">
        {t("sources.made")} <Ago at={report.made_at} /> · {t("sources.method", { count: figures.resamples })}
      </p>
      <p className={styles["files"]}>
        <a className={`${looks["button"]} ${looks["quiet"]}`} href="/api/v1/stats/toxicity.csv" download>
          {t("sources.csv")}
        </a>
        <a className={`${looks["button"]} ${looks["quiet"]}`} href="/api/v1/stats/toxicity.json" download>
          {t("sources.json")}
        </a>
      </p>
    </section>
  );
}

function Models({ models }: Pick<Report, "models">) {
  const { t, i18n } = useTranslation("weigh");
  if (models.length === 0) return null;
  return (
    <Wide name={t("sources.models")}>
      <table className={styles["table"]}>
        <caption className="visually-hidden">{t("sources.models")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sources.model")}</th>
            <th scope="col">{t("sources.from")}</th>
            <th scope="col">{t("machine.checksum")}</th>
            <th scope="col">{t("messages")}</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ name, checksum, imported, n }) => (
            <tr key={`${name} ${checksum} ${imported}`}>
              <th scope="row">{name || t("sources.unnamed")}</th>
              <td>{t(imported ? "sources.import" : "sources.here")}</td>
              <td className={styles["checksum"]} dir="ltr">
                {checksum || "–"}
              </td>
              <td>{whole(n, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
