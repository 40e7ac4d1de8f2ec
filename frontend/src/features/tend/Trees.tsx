import { useTranslation } from "react-i18next";
import { Count } from "@/components/Words";
import type { Health } from "./asking";
import { Figures } from "./Figures";
import { Table } from "./Table";
import styles from "./tend.module.css";
import { span } from "./words";

type Props = Pick<Health, "funnel" | "ends" | "medians">;

/** How far trees come, how long it takes them, and where they end. */
export function Trees({ funnel, ends, medians }: Props) {
  const { t, i18n } = useTranslation("tend");
  const most = Math.max(1, ...funnel.map((row) => row.reached));
  return (
    <section className={styles["part"]} aria-labelledby="trees">
      <h2 id="trees">{t("trees.title")}</h2>
      <Figures
        of={[
          { what: t("trees.accepted"), figure: span(medians.to_accepted_hours, i18n.language) },
          { what: t("trees.drawn"), figure: span(medians.to_drawn_hours, i18n.language) },
          { what: t("trees.ready"), figure: span(medians.to_ready_hours, i18n.language) },
        ]}
      />
      <Table
        title={t("trees.funnel")}
        heads={[t("trees.state"), t("trees.reached"), t("trees.here")]}
        rows={funnel.map((row) => ({
          key: row.state,
          cells: [
            row.state_text,
            <span key="reached" className={styles["bar"]}>
              <span aria-hidden="true" style={{ inlineSize: `${(100 * row.reached) / most}%` }} />
              <Count of={row.reached} />
            </span>,
            <Count key="here" of={row.here} />,
          ],
        }))}
      />
      {ends.length > 0 && (
        <Table
          title={t("trees.ends")}
          heads={[t("trees.ends"), t("trees.why"), t("trees.number")]}
          rows={ends.map((row) => ({
            key: `${row.state} ${row.why}`,
            cells: [row.state_text, row.why_text, <Count key="n" of={row.n} />],
          }))}
        />
      )}
    </section>
  );
}
