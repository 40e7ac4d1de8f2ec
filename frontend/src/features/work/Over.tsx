import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/tasks";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Note } from "@/components/States";
import { useSay } from "@/components/Toasts";
import type { DraftContent } from "@/components/task/types";
import type { Ending } from "./flow";
import styles from "./work.module.css";

interface OverProps {
  task: Task;
  draft: DraftContent;
  ending: Ending;
  busy: boolean;
  tail: string;
  onTakeBack: () => void;
  onUndo: () => void;
}

/** Endings that the pages have their own words for. */
const KNOWN = new Set([
  "lease_expired",
  "seat_taken",
  "task_withdrawn",
  "message_changed",
  "done",
  "already_submitted",
  "skipped",
  "task_closed",
]);

/** The task is out of one's hands: what happened, what was written, and the ways on. */
export function Over({ draft, ...rest }: OverProps) {
  useTop();
  const { task, ending } = rest;
  const { t } = useTranslation(["work", "common"]);
  const known = KNOWN.has(ending.code);
  const done = ending.code === "done" || ending.code === "already_submitted";
  return (
    <Page
      title={known ? t(`over.${ending.code}.title`) : ending.detail}
      lead={known ? t(`over.${ending.code}.text`) : ending.remedy}
      width="narrow"
    >
      <p className="soft">{t(`common:kind.${task.kind}`)}</p>
      {!done && <Kept text={draft.text ?? ""} />}
      <WaysOn {...rest} />
    </Page>
  );
}

function WaysOn({ task, ending, busy, tail, onTakeBack, onUndo }: Omit<OverProps, "draft">) {
  const { t } = useTranslation("work");
  const message = task.result?.["message_id"] ?? task.message_id;
  const done = ending.code === "done" || ending.code === "already_submitted";
  return (
    <div className={styles["ways"]}>
      {ending.code === "lease_expired" && (
        <Button look="primary" icon="undo" busy={busy} onClick={onTakeBack}>
          {t("over.takeBack")}
        </Button>
      )}
      {ending.code === "skipped" && (
        <Button icon="undo" onClick={onUndo}>
          {t("over.unskip")}
        </Button>
      )}
      {done && message && <ButtonLink to={`/messages/${message}`}>{t("over.see")}</ButtonLink>}
      <ButtonLink look={ending.code === "lease_expired" ? "quiet" : "primary"} to={`/task${tail}`}>
        {t("over.next")}
      </ButtonLink>
      <ButtonLink look="bare" to="/">
        {t("refused.home")}
      </ButtonLink>
    </div>
  );
}

interface QueuedProps {
  task: Task;
  draft: DraftContent;
  onRetry: () => void;
  onEdit: () => void;
}

/** Nobody answered: the answer waits in this browser and goes out by itself. */
export function Queued({ task, draft, onRetry, onEdit }: QueuedProps) {
  useTop();
  const { t } = useTranslation(["work", "common"]);
  return (
    <Page title={t("queued.title")} lead={t("queued.lead")} width="narrow">
      <p className="soft">{t(`common:kind.${task.kind}`)}</p>
      <Kept text={draft.text ?? ""} />
      <div className={styles["ways"]}>
        <Button look="primary" icon="undo" onClick={onRetry}>
          {t("queued.now")}
        </Button>
        <Button icon="edit" onClick={onEdit}>
          {t("queued.edit")}
        </Button>
      </div>
    </Page>
  );
}

/** The page takes the place of another that may have been scrolled far down. */
function useTop(): void {
  useEffect(() => {
    void window.scrollTo({ top: 0 }); // a promise in newer browsers, which is nothing to return here
  }, []);
}

/** What was written, to be read and taken elsewhere. */
function Kept({ text }: { text: string }) {
  const { t } = useTranslation(["work", "common"]);
  const say = useSay();
  if (!text.trim()) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say(t("common:copied"));
    } catch {
      say(t("over.cantCopy"));
    }
  };
  return (
    <Note title={t("over.yourText")} actions={<Button onClick={() => void copy()}>{t("over.copy")}</Button>}>
      <div className={styles["versionText"]} dir="auto">
        {text}
      </div>
    </Note>
  );
}
