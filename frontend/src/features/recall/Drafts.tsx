import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/me";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Ago, LanguageName } from "@/components/Words";
import { directionOf } from "@/lib/languages";
import { useKept, useThrowAway, type Kept } from "./lists";
import { textIn } from "./outcome";
import styles from "./recall.module.css";

/** Texts begun for a task that is over: nothing that was written is lost. */
export function Drafts() {
  const { t } = useTranslation("recall");
  const kept = useKept();
  const [unwanted, setUnwanted] = useState<Kept | null>(null);
  const items = kept.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section className={styles["part"]}>
      <h2>{t("drafts.title")}</h2>
      <p className="soft">{items.length > 0 || kept.isPending ? t("drafts.lead") : t("drafts.none")}</p>
      {kept.error && <Trouble error={kept.error} retry={() => void kept.refetch()} />}
      {kept.isPending && <Loading lines={2} />}
      <ul className={styles["list"]}>
        {items.map((draft) => (
          <li key={draft.task.id}>
            <Draft draft={draft} onThrowAway={() => setUnwanted(draft)} />
          </li>
        ))}
      </ul>
      {kept.hasNextPage && (
        <Button
          className={styles["further"]}
          busy={kept.isFetchingNextPage}
          onClick={() => void kept.fetchNextPage()}
        >
          {t("common:showMore")}
        </Button>
      )}
      <ThrowAway draft={unwanted} onClose={() => setUnwanted(null)} />
    </section>
  );
}

function Draft({ draft, onThrowAway }: { draft: Kept; onThrowAway: () => void }) {
  const { t } = useTranslation("recall");
  const say = useSay();
  const text = textIn(draft.content);
  const { task } = draft;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say(t("common:copied"));
    } catch {
      say(t("drafts.notCopied"));
    }
  };
  return (
    <article className={styles["card"]}>
      <p className={styles["kind"]}>
        <strong>{t(`common:kind.${task.kind}`)}</strong>
        <span className="soft">
          <LanguageName tag={task.lang} />
        </span>
        <span className="soft">
          <Ago at={draft.saved_at} />
        </span>
      </p>
      {text ? (
        <p className={styles["draft"]} lang={task.lang} dir={directionOf(task.lang)}>
          {text}
        </p>
      ) : (
        <p className="soft">{t("drafts.noText")}</p>
      )}
      <div className={styles["actions"]}>
        {text && <Button onClick={() => void copy()}>{t("drafts.copy")}</Button>}
        <Button look="bare" onClick={onThrowAway}>
          {t("drafts.delete")}
        </Button>
      </div>
    </article>
  );
}

function ThrowAway({ draft, onClose }: { draft: Kept | null; onClose: () => void }) {
  const { t } = useTranslation("recall");
  const { data: me } = useMe();
  const throwAway = useThrowAway(me?.id ?? "");
  return (
    <Dialog
      open={draft !== null}
      onClose={onClose}
      title={t("drafts.sure")}
      actions={
        <>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button
            look="danger"
            busy={throwAway.isPending}
            onClick={() => draft && throwAway.mutate(draft.task.id, { onSuccess: onClose })}
          >
            {t("drafts.delete")}
          </Button>
        </>
      }
    >
      <p>{t("drafts.sureText")}</p>
      {throwAway.error && <Trouble error={throwAway.error} />}
    </Dialog>
  );
}
