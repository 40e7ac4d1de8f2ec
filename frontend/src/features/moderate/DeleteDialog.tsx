import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea } from "@/components/Field";
import { likelyReason } from "./gauge";
import styles from "./moderate.module.css";
import type { Triaged } from "./place";

const REASONS = ["hate", "sexual", "violence", "spam", "personal_data", "other"] as const;
type Reason = (typeof REASONS)[number];

interface Props {
  /** What is to be deleted; null while nothing is. */
  item: Triaged | null;
  onClose: () => void;
  onDelete: (item: Triaged, why: string, reason: Reason) => void;
}

/** Why a message goes. The reason stays on record, and its author is told. */
export function DeleteDialog({ item, onClose, onDelete }: Props) {
  const { t } = useTranslation("moderate");
  return (
    <Dialog open={item !== null} onClose={onClose} title={t("delete.title")}>
      {item && <Form item={item} onClose={onClose} onDelete={onDelete} />}
    </Dialog>
  );
}

function Form({ item, onClose, onDelete }: Props & { item: Triaged }) {
  const { t } = useTranslation("moderate");
  const [reason, setReason] = useState<Reason>(() => likelyReason(item.peak_score));
  const [note, setNote] = useState("");
  const words = note.trim();
  const named = t(`common:report.reasons.${reason}`);
  const why = words ? t("delete.why", { reason: named, note: words }) : named;
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        onDelete(item, why, reason);
      }}
    >
      <p className="soft">{t("delete.lead")}</p>
      <fieldset className={styles["reasons"]}>
        <legend>{t("delete.reason")}</legend>
        {REASONS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="reason"
              checked={one === reason}
              onChange={() => setReason(one)}
              {...(one === reason && { "data-first": true })}
            />
            {t(`common:report.reasons.${one}`)}
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t(reason === "other" ? "delete.noteNeeded" : "delete.note")}
        rows={2}
        maxLength={900}
        required={reason === "other"}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles["ways"]}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button look="danger" type="submit">
          {t("delete.go")}
        </Button>
      </div>
    </form>
  );
}
