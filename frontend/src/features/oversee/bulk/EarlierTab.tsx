import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago } from "@/components/Words";
import type { BatchHead } from "../types";
import styles from "./bulk.module.css";
import { useBatches } from "./useBulk";

/** What was decided about many messages before, the newest first. */
export function EarlierTab() {
  const { t } = useTranslation("oversee");
  const list = useBatches();
  const batches = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <>
      {list.isPending && <Loading lines={6} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && batches.length === 0 && <Empty title={t("batch.none")}>{t("batch.noneHelp")}</Empty>}
      <ul className={styles["clusters"]}>
        {batches.map((batch) => (
          <li key={batch.id}>
            <One batch={batch} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          className={styles["further"]}
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("common:showMore")}
        </Button>
      )}
    </>
  );
}

function One({ batch }: { batch: BatchHead }) {
  const { t } = useTranslation("oversee");
  return (
    <article className={styles["cluster"]}>
      <h2>
        <Link to={`/moderate/batches/${batch.id}`}>
          {t(`batch.title.${batch.verb}`, { count: batch.total })}
        </Link>
      </h2>
      <p className={styles["facts"]}>
        <strong>{t(`batch.state.${batch.state}`)}</strong>
        {batch.done > 0 && <span>{t("batch.done", { count: batch.done })}</span>}
        {batch.refused > 0 && <span>{t("batch.refused", { count: batch.refused })}</span>}
        {batch.undone > 0 && <span>{t("batch.undone", { count: batch.undone })}</span>}
        <bdi>{batch.by.display_name}</bdi>
        <Ago at={batch.at} />
      </p>
      <Why of={batch} />
    </article>
  );
}

/** The reason in words, and what was written to it; once where they say the same. */
export function Why({ of: { reason_text: reason, why } }: { of: Pick<BatchHead, "reason_text" | "why"> }) {
  const { t } = useTranslation("oversee");
  const same = !why || why.trim().toLowerCase() === reason.toLowerCase();
  const said = same ? reason || why : reason ? t("batch.because", { reason, why }) : why;
  return said ? <p dir="auto">{said}</p> : null;
}
