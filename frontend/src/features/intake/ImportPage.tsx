import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "@/api/me";
import { isProblem } from "@/api/problems";
import { ButtonLink } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Card } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import { size } from "@/lib/size";
import { useImport } from "./asking";
import { Frame } from "./Frame";
import styles from "./intake.module.css";
import { ProblemsPart } from "./ProblemsPart";
import { atWork } from "./progress";
import { ReportPart } from "./ReportPart";
import { StandPart } from "./StandPart";
import type { Import } from "./types";

/** One import: how far it is, what became of the file, and what was wrong with its lines. */
export default function ImportPage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("intake");
  const { id = "" } = useParams();
  const mayAct = useMe().data?.role === "admin";
  const found = useImport(id);
  const run = found.data;
  if (isProblem(found.error) && found.error.status === 404)
    return (
      <Empty
        alone
        title={t("notFound")}
        action={<ButtonLink to="/moderate/imports">{t("toAll")}</ButtonLink>}
      />
    );
  return (
    <Frame title={run?.name ?? t("list.title")} under>
      {found.isPending && <Loading lines={8} />}
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {run && (
        <>
          <StandPart run={run} mayAct={mayAct} />
          {run.state !== "waiting" && <ReportPart run={run} />}
          {!atWork(run.state) && <ProblemsPart run={run} />}
          <Asked run={run} />
        </>
      )}
    </Frame>
  );
}

function Asked({ run }: { run: Import }) {
  const { t, i18n } = useTranslation("intake");
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["into", t(`upload.intoIs.${run.into}`)],
    ["form", t(`upload.formIs.${run.form}`)],
    ["origin", run.origin],
    ["licence", run.licence],
    ["model", run.model_name],
    ["lang", run.lang && <LanguageName tag={run.lang} />],
    ["size", size(run.bytes, i18n.language)],
    ["by", run.by?.display_name],
    ["at", <Ago key="at" at={run.at} />],
  ];
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="asked">
      <h2 id="asked">{t("asked.title")}</h2>
      <dl className={styles["asked"]}>
        {facts
          .filter(([, said]) => said)
          .map(([what, said]) => (
            <div key={what}>
              <dt>{t(`asked.${what}`)}</dt>
              <dd>
                <bdi>{said}</bdi>
              </dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
