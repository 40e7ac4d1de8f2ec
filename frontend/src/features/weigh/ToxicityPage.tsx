import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { GroupChoice } from "./GroupChoice";
import { HeatPart } from "./HeatPart";
import { HowToRead } from "./HowToRead";
import { KeptPart } from "./KeptPart";
import { MachinePart } from "./MachinePart";
import { addressOf, choiceIn, type Choice, type Figures, type Report } from "./report";
import { RocPart } from "./RocPart";
import { SourcesPart } from "./SourcesPart";
import { useNames } from "./useNames";
import { useMachine, useReport } from "./useReport";
import styles from "./weigh.module.css";

/** What people say of messages beside what the machine says of them. */
export default function ToxicityPage() {
  const { t } = useTranslation("weigh");
  const [query, setQuery] = useSearchParams();
  const choice = choiceIn(query);
  const machine = useMachine();
  const report = useReport(choice);
  const go = (next: Partial<Choice>) =>
    setQuery(addressOf({ ...choice, ...next }), { replace: true, preventScrollReset: true });
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      {machine.data && <MachinePart machine={machine.data.toxicity} />}
      {machine.error && <Trouble error={machine.error} retry={() => void machine.refetch()} />}
      {report.error && <Trouble error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && <Loading lines={8} />}
      {report.data && <Told report={report.data} choice={choice} go={go} stale={report.isPlaceholderData} />}
    </Page>
  );
}

interface Props {
  report: Report;
  choice: Choice;
  go: (next: Partial<Choice>) => void;
  /** It is of another group, until the one that was asked for is here. */
  stale: boolean;
}

function Told({ report, choice, go, stale }: Props) {
  const { t } = useTranslation("weigh");
  if (report.made_at === null) return <Empty title={t("empty.title")}>{t("empty.text")}</Empty>;
  return (
    <>
      <div className={styles["controls"]}>
        <GroupChoice groups={report.groups} chosen={choice} choose={go} />
      </div>
      <HowToRead />
      {report.group && report.group.n_scored > 0 ? (
        <div className={`${styles["parts"]} ${stale ? styles["stale"] : ""}`} aria-busy={stale || undefined}>
          <AllParts report={report} figures={report.group} choice={choice} go={go} />
        </div>
      ) : (
        <Empty title={t("empty.group")} action={<ButtonLink to="?">{t("empty.toAll")}</ButtonLink>}>
          {t("empty.groupText")}
        </Empty>
      )}
    </>
  );
}

function AllParts({ report, figures, choice, go }: Omit<Props, "stale"> & { figures: Figures }) {
  const names = useNames();
  return (
    <>
      <HeatPart
        cells={figures.cells}
        kind={choice.kind}
        least={report.too_few}
        confidence={report.confidence}
        names={names}
        address={(kind) => `?${addressOf({ ...choice, kind })}`}
      />
      <RocPart roc={figures.roc} score={choice.score} choose={(score) => go({ score })} names={names} />
      <KeptPart rows={figures.kept_deleted} names={names} />
      <SourcesPart report={report} figures={figures} />
    </>
  );
}
