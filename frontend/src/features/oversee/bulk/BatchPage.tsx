import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { isProblem } from "@/api/problems";
import { ButtonLink } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Card } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago } from "@/components/Words";
import { Frame } from "../Frame";
import shared from "../oversee.module.css";
import type { Batch } from "../types";
import { Asked } from "./Asked";
import styles from "./bulk.module.css";
import { DraftPart } from "./DraftPart";
import { Why } from "./EarlierTab";
import { ItemsPart } from "./ItemsPart";
import { ProgressPart } from "./ProgressPart";
import { useBatch } from "./useBulk";

/** One decision about many messages: what it would change, how far it is, and its way back. */
export default function BatchPage() {
  return (
    <ForModerators>
      <One />
    </ForModerators>
  );
}

function One() {
  const { t } = useTranslation("oversee");
  const { id = "" } = useParams();
  const { data: batch, error, refetch } = useBatch(id);
  return (
    <Frame
      title={batch ? t(`batch.title.${batch.verb}`, { count: batch.total }) : t("bulk.title")}
      lead={batch && <Lead of={batch} />}
    >
      {error && <NotThere error={error} retry={() => void refetch()} />}
      {!batch && !error && <Loading lines={6} />}
      {batch && !isProblem(error, "no_such_batch") && <Whole of={batch} />}
    </Frame>
  );
}

function NotThere({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation("oversee");
  if (!isProblem(error) || error.status !== 404) return <Trouble error={error} retry={retry} />;
  return (
    <Empty
      title={t("batch.notFound")}
      action={<ButtonLink to="/moderate/bulk">{t("batch.toBulk")}</ButtonLink>}
    >
      {t("batch.notFoundHelp")}
    </Empty>
  );
}

function Whole({ of: batch }: { of: Batch }) {
  const { t } = useTranslation("oversee");
  const draft = batch.state === "draft";
  return (
    <>
      {draft ? <DraftPart batch={batch} /> : <ProgressPart batch={batch} />}
      <Card className={styles["card"]}>
        <h2>{t("batch.chosenBy")}</h2>
        <Asked selection={batch.selection} />
        <Why of={batch} />
      </Card>
      {!draft && <ItemsPart batch={batch} />}
      <p>
        <Link className={shared["way"]} to="/moderate/bulk?tab=earlier">
          {t("batch.toEarlier")}
        </Link>
      </p>
    </>
  );
}

function Lead({ of: batch }: { of: Batch }) {
  const { t } = useTranslation("oversee");
  return (
    <>
      {t(`batch.state.${batch.state}`)} · <bdi>{batch.by.display_name}</bdi> <Ago at={batch.at} />
    </>
  );
}
