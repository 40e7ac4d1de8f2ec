import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SkipReason, Task } from "@/api/tasks";
import { Button } from "@/components/Button";
import { ReportDialog, reportable } from "@/components/ReportDialog";
import { useSay } from "@/components/Toasts";
import { useHotkeys } from "@/lib/hotkeys";
import { SkipDialog } from "./SkipDialog";
import styles from "./work.module.css";

interface Props {
  task: Task;
  busy: boolean;
  onSkip: (reason: SkipReason, note: string) => void;
}

/** What every task can have done to it besides doing it. */
export function TaskTools({ task, busy, onSkip }: Props) {
  const { t } = useTranslation("work");
  const say = useSay();
  const [open, setOpen] = useState<"skip" | "report" | null>(null);
  const texts = reportable(task);
  const show = (what: "skip" | "report") => !busy && setOpen(what);
  useHotkeys([
    { keys: "s", label: t("skip.open"), run: () => show("skip") },
    ...(texts.length > 0 ? [{ keys: "r", label: t("report"), run: () => show("report") }] : []),
  ]);
  return (
    <>
      <Button
        look="bare"
        icon="skip"
        mirrored
        disabled={busy}
        onClick={() => show("skip")}
        aria-label={t("skip.open")}
      >
        <span className={styles["toolWord"]}>{t("skip.short")}</span>
      </Button>
      {texts.length > 0 && (
        <Button
          look="bare"
          icon="flag"
          disabled={busy}
          onClick={() => show("report")}
          aria-label={t("report")}
        >
          <span className={styles["toolWord"]}>{t("reportShort")}</span>
        </Button>
      )}
      <SkipDialog
        open={open === "skip"}
        onClose={() => setOpen(null)}
        onSkip={(reason, note) => {
          setOpen(null);
          onSkip(reason, note);
        }}
      />
      <ReportDialog
        open={open === "report"}
        onClose={() => setOpen(null)}
        texts={texts}
        onReported={() =>
          say(t("reported"), {
            action: { label: t("skip.now"), run: () => onSkip("bad_message", "") },
          })
        }
      />
    </>
  );
}
