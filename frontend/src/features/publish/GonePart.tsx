import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Loading, Trouble } from "@/components/States";
import { useGone, useSaveGone } from "./asking";
import { Part } from "./Part";
import styles from "./publish.module.css";
import type { DataSet } from "./types";

/** Messages of it that were taken back after it was published, and what to do about them. */
export function GonePart({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  return (
    <Part id="gone" title={t("part.gone")}>
      {of.withdrawn === 0 ? <p>{t("goneNone")}</p> : <Some of={of} />}
    </Part>
  );
}

function Some({ of }: { of: DataSet }) {
  const { t } = useTranslation("publish");
  const [open, setOpen] = useState(false);
  const save = useSaveGone(of.name);
  return (
    <>
      <p>{t("gone", { count: of.withdrawn })}</p>
      <p>{t("goneHelp")}</p>
      {save.error && <Trouble error={save.error} />}
      <div>
        <Button busy={save.isPending} onClick={() => save.mutate()}>
          {t("goneFile")}
        </Button>
      </div>
      <details className={styles["fold"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("goneList")}</summary>
        {open && <GoneList name={of.name} />}
      </details>
    </>
  );
}

function GoneList({ name }: { name: string }) {
  const { t } = useTranslation("publish");
  const list = useGone(name);
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading lines={3} />;
  return (
    <>
      <ul className={styles["gone"]}>
        {list.data.pages
          .flatMap(({ results }) => results)
          .map((one) => (
            <li key={one.message_id}>
              <code dir="ltr">{one.message_id}</code>
              <span className="soft small">{t(`goneWhy.${one.reason}`)}</span>
            </li>
          ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common:showMore")}
        </Button>
      )}
    </>
  );
}
