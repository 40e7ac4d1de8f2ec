import { useTranslation } from "react-i18next";
import { DecisionLine } from "@/components/decision/DecisionLine";
import { Note } from "@/components/States";
import { Ago } from "@/components/Words";
import styles from "./cases.module.css";
import { Panel } from "./Panel";
import type { Appeal, Purge } from "./types";

/** What was decided, and what the person says against it. */
export function AppealPart({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation("moderate");
  return (
    <>
      <Panel title={t("appeals.says", { name: appeal.by.display_name })}>
        <blockquote className={styles["quote"]} dir="auto">
          {appeal.text}
        </blockquote>
        <p className="soft small">
          <Ago at={appeal.at} />
        </p>
      </Panel>
      <Panel title={t("appeals.against")}>
        <DecisionLine decision={appeal.decision} links />
      </Panel>
      {appeal.mine && !appeal.outcome && <Note>{t("appeals.yourOwn")}</Note>}
      {appeal.outcome && <Outcome of={appeal} />}
    </>
  );
}

/** What became of an appeal. */
export function Outcome({ of: { outcome, why, decided_by, decided_at } }: { of: Appeal }) {
  const { t } = useTranslation("moderate");
  return (
    <Note
      tone={outcome === "granted" ? "good" : "info"}
      title={t(`appeals.outcome.${outcome}`, { name: decided_by?.display_name ?? t("log.system") })}
    >
      <p dir="auto">{why}</p>
      <p className="soft small">
        <Ago at={decided_at} />
      </p>
    </Note>
  );
}

/** What would be erased for good, and who asked for it. */
export function PurgePart({ purge }: { purge: Purge }) {
  const { t } = useTranslation("moderate");
  return (
    <>
      <Panel title={t("cases.purge.asked", { name: purge.asked_by.display_name })}>
        <blockquote className={styles["quote"]} dir="auto">
          {purge.why}
        </blockquote>
        <p className="soft small">
          <Ago at={purge.asked_at} />
        </p>
      </Panel>
      <Note tone="warn" title={t("cases.purge.warn")}>
        {purge.person
          ? t("cases.purge.person", { name: purge.person.display_name })
          : t("cases.purge.message")}
      </Note>
      {purge.mine && <Note>{t("cases.purge.yourOwn")}</Note>}
      <PurgeState of={purge} />
    </>
  );
}

function PurgeState({ of: { done_at, called_off_at, confirmed_by, confirmed_at } }: { of: Purge }) {
  const { t } = useTranslation("moderate");
  if (called_off_at) return <Note>{t("cases.purge.calledOff")}</Note>;
  if (done_at) return <Note tone="good">{t("cases.purge.done")}</Note>;
  if (!confirmed_at) return null;
  return <Note>{t("cases.purge.confirmed", { name: confirmed_by?.display_name ?? "" })}</Note>;
}
