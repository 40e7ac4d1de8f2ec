import { useTranslation } from "react-i18next";
import type { Machine } from "@/api/screening";
import { Meter, Note } from "@/components/States";
import { Ago } from "@/components/Words";
import { languageName } from "@/lib/languages";
import { toneOf } from "./machine";
import styles from "./weigh.module.css";

/** How the model is, which languages it reads, what waits for it, and what to do if it isn't there. */
export function MachinePart({ machine }: { machine: Machine }) {
  const { t, i18n } = useTranslation("weigh");
  const names = machine.languages.map((tag) => languageName(tag, i18n.language));
  const list = new Intl.ListFormat(i18n.language).format(names);
  return (
    <section className={styles["part"]} aria-labelledby="machine">
      <h2 id="machine">{t("machine.title")}</h2>
      <Note tone={toneOf(machine)} title={t(`machine.${machine.state}`, { model: machine.model })}>
        {machine.state === "downloading" && machine.downloaded_mb !== null && (
          <SoFar done={machine.downloaded_mb} all={machine.download_mb} />
        )}
        {machine.problem && <p className={styles["problem"]}>{machine.problem}</p>}
        {machine.remedy && <p>{machine.remedy}</p>}
      </Note>
      {names.length > 0 && <p>{t("machine.reads", { languages: list })}</p>}
      <p>
        {machine.waiting > 0 ? t("machine.waiting", { count: machine.waiting }) : t("machine.nothingWaits")}{" "}
        {machine.set_aside > 0 && t("machine.aside", { count: machine.set_aside })}{" "}
        {machine.last_scored_at && (
          <span className="soft">
            {t("machine.last")} <Ago at={machine.last_scored_at} />
          </span>
        )}
      </p>
    </section>
  );
}

function SoFar({ done, all }: { done: number; all: number | null }) {
  const { t } = useTranslation("weigh");
  if (!all) return <p>{t("machine.soFar", { done })}</p>;
  const words = t("machine.soFarOf", { done, all });
  return (
    <>
      <p>{words}</p>
      <Meter value={done / all} label={words} />
    </>
  );
}
