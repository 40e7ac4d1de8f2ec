import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { isProblem, problemOf } from "@/api/problems";
import { useScreening } from "@/api/screening";
import { ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { GroupChoice } from "./GroupChoice";
import { HeatPart } from "./HeatPart";
import { HowToRead } from "./HowToRead";
import { KeptPart } from "./KeptPart";
import { MachinePart } from "./MachinePart";
import { addressOf, ALL, choiceIn, type Choice, type Figures, type Report } from "./report";
import { RocPart } from "./RocPart";
import { SourcesPart } from "./SourcesPart";
import { useNames } from "./useNames";
import { useReport } from "./useReport";
import styles from "./weigh.module.css";

const NO_GROUP = ["language_not_supported", "no_such_group"];

/** What people say of messages beside what the machine says of them. */
export default function ToxicityPage() {
  const { t } = useTranslation("weigh");
  const machine = useScreening();
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      {machine.data && <MachinePart machine={machine.data.toxicity} />}
      {machine.error && <Trouble error={machine.error} retry={() => void machine.refetch()} />}
      <ReportPart />
    </Page>
  );
}

function ReportPart() {
  const [query, setQuery] = useSearchParams();
  const choice = choiceIn(query);
  const report = useReport(choice);
  // A group that there is no report on: which there are is said by the one on all.
  const absent = isProblem(report.error) && NO_GROUP.includes(report.error.code);
  const all = useReport(ALL, absent);
  const head = report.data ?? all.data;
  // The address is ahead of what is drawn while a group is on its way: what was chosen a moment ago stays.
  const go = (next: Partial<Choice>) =>
    setQuery(addressOf({ ...choiceIn(new URLSearchParams(window.location.search)), ...next }), {
      replace: true,
      preventScrollReset: true,
    });
  return (
    <>
      {head?.made_at && (
        <>
          <GroupChoice groups={head.groups} chosen={choice} choose={go} />
          <HowToRead />
        </>
      )}
      {report.isPending && <Loading lines={8} />}
      {report.error && <Refused error={report.error} absent={absent} retry={() => void report.refetch()} />}
      {report.data && <Told report={report.data} choice={choice} go={go} stale={report.isPlaceholderData} />}
    </>
  );
}

function Refused({ error, absent, retry }: { error: Error; absent: boolean; retry: () => void }) {
  const { t } = useTranslation("weigh");
  if (!absent) return <Trouble error={error} retry={retry} />;
  const { detail, remedy } = problemOf(error);
  return (
    <Empty title={detail} action={<ButtonLink to="?">{t("empty.toAll")}</ButtonLink>}>
      {remedy}
    </Empty>
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
  if (!report.group?.n_scored) return <Empty title={t("empty.title")}>{t("empty.text")}</Empty>;
  return (
    <div className={`${styles["parts"]} ${stale ? styles["stale"] : ""}`} aria-busy={stale || undefined}>
      <AllParts report={report} figures={report.group} choice={choice} go={go} />
    </div>
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
