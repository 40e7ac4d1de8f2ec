import { useTranslation } from "react-i18next";
import type { Task } from "@/api/tasks";
import { Button } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import type { DraftContent } from "@/components/task/types";
import { LanguageName } from "@/components/Words";
import type { DraftView } from "@/lib/draftKeeper";
import { doneInThisSitting } from "./sitting";
import styles from "./work.module.css";

interface Props {
  task: Task;
  draft: DraftView<DraftContent>;
  lease: { minutes: number | null; extend: () => Promise<void> };
  onCompare: () => void;
}

const ICONS: Record<DraftView<DraftContent>["where"], IconName | null> = {
  nothing: null,
  device: "clock",
  server: "check",
  screen: "warn",
};

/** A line over every task: its language, how many are done, the time if it runs short, where the draft is. */
export function Strip({ task, draft, lease, onCompare }: Props) {
  const { t } = useTranslation("work");
  const done = doneInThisSitting();
  const icon = ICONS[draft.where];
  return (
    <div className={styles["strip"]}>
      <div className={styles["stripInner"]}>
        <span className={styles["lang"]}>
          <Icon name="globe" size={16} />
          <LanguageName tag={task.lang} />
        </span>
        {done > 0 && <span>{t("strip.done", { count: done })}</span>}
        {lease.minutes !== null && (
          <span className={styles["lease"]} role="status">
            {lease.minutes > 0 ? t("strip.left", { count: lease.minutes }) : t("strip.over")}
            <Button look="bare" onClick={() => void lease.extend()}>
              {t("strip.longer")}
            </Button>
          </span>
        )}
        {draft.theirs ? (
          <span className={styles["state"]}>
            <Button look="bare" icon="warn" onClick={onCompare}>
              {t("draft.conflict")}
            </Button>
          </span>
        ) : (
          icon && (
            <span className={styles["state"]} data-draft={draft.where}>
              <Icon name={icon} size={16} />
              {t(`draft.${draft.where}`)}
            </span>
          )
        )}
      </div>
    </div>
  );
}
