import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { TaskBar } from "@/components/task/TaskBar";
import styles from "./moderate.module.css";
import type { Triaged } from "./place";

interface Props {
  here: Triaged | undefined;
  /** Null where nothing can be done: archived imports are only shown. */
  leave: (() => void) | null;
  remove: (() => void) | null;
  undo: (() => void) | null;
}

/** What can be done with the message one is at, in reach of the thumb. */
export function Bar({ here, leave, remove, undo }: Props) {
  const { t } = useTranslation("moderate");
  return (
    <TaskBar
      tools={
        <Button look="bare" icon="undo" aria-label={t("undo")} disabled={!undo} onClick={undo ?? undefined}>
          <span className={styles["wordy"]}>{t("undo")}</span>
        </Button>
      }
    >
      {here?.message.archived && <p className={styles["closed"]}>{t("archivedHelp")}</p>}
      {remove && (
        <Button className={styles["act"]} onClick={remove}>
          {t("remove")}
        </Button>
      )}
      {leave && (
        <Button className={styles["act"]} look="primary" icon="check" onClick={leave}>
          {t("leave")}
        </Button>
      )}
    </TaskBar>
  );
}
