import { useTranslation } from "react-i18next";
import { Note } from "@/components/States";
import { Ago, Count } from "@/components/Words";
import type { Health } from "./asking";
import { Figures } from "./Figures";
import { Table } from "./Table";
import styles from "./tend.module.css";

/** The workers, what waits for them, and what failed. */
export function Jobs({ celery }: { celery: Health["celery"] }) {
  const { t } = useTranslation("tend");
  return (
    <section className={styles["part"]} aria-labelledby="jobs">
      <h2 id="jobs">{t("jobs.title")}</h2>
      {celery.workers === null && (
        <Note tone="warn" title={t("jobs.redisAway")}>
          {t("jobs.redisAwayHelp")}
        </Note>
      )}
      {celery.workers?.length === 0 && (
        <Note tone="bad" title={t("jobs.noWorker")}>
          {t("jobs.noWorkerHelp")}
        </Note>
      )}
      <Figures
        of={[
          {
            what: t("jobs.workers"),
            figure: celery.workers === null ? "?" : <Count of={celery.workers.length} />,
          },
          {
            what: t("jobs.beat"),
            figure: celery.beat_last_at ? <Ago at={celery.beat_last_at} /> : t("jobs.never"),
          },
          ...celery.queues.map((queue) => ({
            what: t("jobs.waiting", { name: queue.name }),
            figure: queue.waiting === null ? "?" : <Count of={queue.waiting} />,
          })),
        ]}
      />
      {celery.failures.length === 0 ? (
        <p>{t("jobs.noFailure")}</p>
      ) : (
        <Table
          title={t("jobs.failures")}
          heads={[t("jobs.job"), t("jobs.error"), t("jobs.times"), t("jobs.last")]}
          rows={celery.failures.map((row) => ({
            key: `${row.job} ${row.error}`,
            cells: [
              <code key="job">{row.job.replace("oa.", "")}</code>,
              <span key="error" dir="ltr" className={styles["said"]}>
                {row.error}: {row.said}
              </span>,
              <Count key="n" of={row.n} />,
              <Ago key="at" at={row.at} />,
            ],
          }))}
        />
      )}
    </section>
  );
}
