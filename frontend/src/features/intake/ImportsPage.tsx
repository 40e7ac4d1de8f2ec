import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/me";
import { Button } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Empty, Loading, Meter, Note, Trouble } from "@/components/States";
import { Ago } from "@/components/Words";
import { size } from "@/lib/size";
import { useImports } from "./asking";
import { Frame } from "./Frame";
import styles from "./intake.module.css";
import { atWork, share } from "./progress";
import { StateChip } from "./StateChip";
import type { Import } from "./types";
import { UploadForm } from "./UploadForm";

/** Take a file in, and see what came before. */
export default function ImportsPage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("intake");
  const mayImport = useMe().data?.role === "admin";
  const list = useImports();
  const runs = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Frame title={t("list.title")} lead={t("list.lead")}>
      {mayImport ? <UploadForm /> : <Note title={t("onlyAdmins")} />}
      <section className={styles["part"]} aria-labelledby="earlier">
        <h2 id="earlier">{t("list.earlier")}</h2>
        {list.isPending && <Loading lines={6} />}
        {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
        {list.data && runs.length === 0 && <Empty title={t("list.none")}>{t("list.noneHelp")}</Empty>}
        <ul className={styles["list"]}>
          {runs.map((run) => (
            <li key={run.id}>
              <One run={run} />
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <div>
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("common:showMore")}
            </Button>
          </div>
        )}
      </section>
    </Frame>
  );
}

function One({ run }: { run: Import }) {
  const { t, i18n } = useTranslation("intake");
  const { trees, messages, refused } = run.report;
  return (
    <article className={styles["one"]}>
      <h3>
        <Link className={styles["way"]} to={`/moderate/imports/${run.id}`} dir="auto">
          {run.name}
        </Link>
      </h3>
      <p className={styles["facts"]}>
        <StateChip of={run.state} />
        {run.dry_run && <span className={`${styles["state"]} ${styles["warn"]}`}>{t("dryRun")}</span>}
        <span>{size(run.bytes, i18n.language)}</span>
        {trees.taken > 0 && <span>{t("trees", { count: trees.taken })}</span>}
        {messages > 0 && <span>{t("messages", { count: messages })}</span>}
        {refused > 0 && <span>{t("refused", { count: refused })}</span>}
      </p>
      {atWork(run.state) && <Meter value={share(run)} label={t(`state.${run.state}`)} />}
      <p className="soft small">
        {run.by && <bdi>{run.by.display_name}</bdi>}
        {run.by && " · "}
        <Ago at={run.at} />
      </p>
    </article>
  );
}
