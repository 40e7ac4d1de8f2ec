import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SkipReason } from "@/api/tasks";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea } from "@/components/Field";
import styles from "./work.module.css";

export const REASONS = [
  "too_hard",
  "not_my_field",
  "unclear",
  "bad_message",
  "wrong_language",
  "uncomfortable",
  "other",
] as const satisfies readonly SkipReason[];

interface Props {
  open: boolean;
  onClose: () => void;
  onSkip: (reason: SkipReason, note: string) => void;
}

/** Why somebody would rather not: one press on a reason (or its number) skips. */
export function SkipDialog({ open, onClose, onSkip }: Props) {
  const { t } = useTranslation("work");
  return (
    <Dialog open={open} onClose={onClose} title={t("skip.title")}>
      {open && <Reasons onSkip={onSkip} />}
    </Dialog>
  );
}

function Reasons({ onSkip }: Pick<Props, "onSkip">) {
  const { t } = useTranslation("work");
  const [note, setNote] = useState("");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const reason = REASONS[Number(event.key) - 1];
      if (!reason || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      onSkip(reason, note.trim());
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [note, onSkip]);
  return (
    <>
      <div className={styles["reasons"]}>
        {REASONS.map((reason, place) => (
          <Button
            key={reason}
            data-first={place === 0 || undefined}
            onClick={() => onSkip(reason, note.trim())}
          >
            {t(`skip.reasons.${reason}`)}
            <kbd aria-hidden="true">{place + 1}</kbd>
          </Button>
        ))}
      </div>
      <details className={styles["note"]}>
        <summary>{t("skip.addNote")}</summary>
        <TextArea
          label={t("skip.note")}
          hint={t("skip.noteHint")}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </details>
    </>
  );
}
