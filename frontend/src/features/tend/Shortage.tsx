import { useTranslation } from "react-i18next";
import { Count, LanguageName } from "@/components/Words";
import type { Health } from "./asking";
import { Table } from "./Table";
import styles from "./tend.module.css";

/** Languages in which reviews wait, and how many people there are to do them. */
export function Shortage({ rows }: { rows: Health["shortage"] }) {
  const { t, i18n } = useTranslation("tend");
  const ratio = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <section className={styles["part"]} aria-labelledby="shortage">
      <h2 id="shortage">{t("shortage.title")}</h2>
      <p className="soft">{t("shortage.lead")}</p>
      {rows.length === 0 ? (
        <p>{t("shortage.none")}</p>
      ) : (
        <Table
          title={t("shortage.title")}
          heads={[
            t("shortage.language"),
            t("shortage.waiting"),
            t("shortage.reviewers"),
            t("shortage.ratio"),
            t("shortage.rankings"),
            t("shortage.people"),
          ]}
          rows={rows.map((row) => ({
            key: row.lang,
            cells: [
              <LanguageName key="lang" tag={row.lang} />,
              <Count key="waiting" of={row.waiting} />,
              <Count key="reviewers" of={row.active_reviewers} />,
              row.ratio === null ? (
                <strong key="ratio">{t("shortage.nobody")}</strong>
              ) : (
                ratio.format(row.ratio)
              ),
              <Count key="rankings" of={row.waiting_rankings} />,
              <Count key="people" of={row.active_people} />,
            ],
          }))}
        />
      )}
    </section>
  );
}
