import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/Button";
import { Count } from "@/components/Words";
import type { Health } from "./asking";
import { Figures } from "./Figures";
import { Table } from "./Table";
import styles from "./tend.module.css";
import { span } from "./words";

/** What waits for moderators, and for how long. */
export function QueuePart({ queue }: { queue: Health["queue"] }) {
  const { t, i18n } = useTranslation("tend");
  return (
    <section className={styles["part"]} aria-labelledby="queue">
      <h2 id="queue">{t("queue.title")}</h2>
      <Figures
        of={[
          { what: t("queue.open"), figure: <Count of={queue.open} /> },
          { what: t("queue.oldest"), figure: span(queue.oldest_hours, i18n.language) },
          { what: t("queue.today"), figure: <Count of={queue.decided_today} /> },
          { what: t("queue.median"), figure: span(queue.median_hours_week, i18n.language) },
        ]}
      />
      {queue.by_cause.length > 0 && (
        <Table
          title={t("queue.byCause")}
          heads={[t("queue.cause"), t("queue.waiting"), t("queue.oldest")]}
          rows={queue.by_cause.map((row) => ({
            key: row.cause,
            cells: [row.cause_text, <Count key="n" of={row.open} />, span(row.oldest_hours, i18n.language)],
          }))}
        />
      )}
      <div>
        <ButtonLink to="/moderate">{t("queue.go")}</ButtonLink>
      </div>
    </section>
  );
}
