import { useTranslation } from "react-i18next";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import { Loading, Note, Trouble } from "@/components/States";
import { Ago } from "@/components/Words";
import { useHealth, type Health } from "./asking";
import { Jobs } from "./Jobs";
import { QueuePart } from "./QueuePart";
import { Shortage } from "./Shortage";
import { Trees } from "./Trees";
import { Stuck } from "./Stuck";

/** Whether moderators, reviewers, trees and workers keep up. */
export default function HealthPage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("tend");
  const health = useHealth();
  return (
    <Page title={t("health.title")} lead={t("health.lead")} width="wide">
      <Places />
      {health.isPending && <Loading lines={8} />}
      {health.error && <Trouble error={health.error} retry={() => void health.refetch()} />}
      {health.data && <Parts health={health.data} />}
    </Page>
  );
}

function Parts({ health }: { health: Health }) {
  const { t } = useTranslation("tend");
  return (
    <>
      {health.kept_at && <Stuck stuck={health.stuck} />}
      <QueuePart queue={health.queue} />
      {health.kept_at ? (
        <>
          <Shortage rows={health.shortage} />
          <Trees funnel={health.funnel} ends={health.ends} medians={health.medians} />
        </>
      ) : (
        <Note title={t("health.notYet")}>{t("health.notYetHelp")}</Note>
      )}
      <Jobs celery={health.celery} />
      <p className="soft small">
        {t("health.at")} <Ago at={health.at} />
        {health.kept_at && (
          <>
            {". "}
            {t("health.keptAt")} <Ago at={health.kept_at} />
          </>
        )}
      </p>
    </>
  );
}
