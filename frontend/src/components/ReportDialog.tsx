import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Select, TextArea } from "./Field";
import { Trouble } from "./States";

type Reason = Schemas["ReportReasonEnum"];
const REASONS: readonly Reason[] = [
  "spam", "hate", "personal_data", "sexual", "violence", "wrong_language", "other",
]; // prettier-ignore

function report(message: string, reason: Reason, note: string) {
  const params = { path: { message_id: message } };
  return data(api.POST("/api/v1/messages/{message_id}/reports", { params, body: { reason, note } }));
}

/** A text that can be reported: its message and how it begins. */
export interface Reportable {
  id: string;
  text: string;
}

interface Props {
  open: boolean;
  onClose: () => void;
  /** One, or several to choose from; the first is meant unless another is chosen. */
  texts: readonly Reportable[];
  onReported: () => void;
}

/** What can be reported of a task: what it is about first, then the rest, but nothing of one's own. */
export function reportable(task: Pick<Schemas["Task"], "conversation" | "replies">): Reportable[] {
  const turns = task.conversation.filter((turn) => !turn.is_mine && !turn.deleted).toReversed();
  return [...(task.replies ?? []).filter((reply) => reply.text), ...turns].map(({ id, text }) => ({
    id,
    text,
  }));
}

/** Tell a moderator about a message. */
export function ReportDialog({ open, onClose, texts, onReported }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={onClose} title={t("report.title")}>
      {open && <Form texts={texts} onClose={onClose} onReported={onReported} />}
    </Dialog>
  );
}

function Form({ texts, onClose, onReported }: Omit<Props, "open">) {
  const { t } = useTranslation();
  const [id, setId] = useState(texts[0]?.id ?? "");
  const [reason, setReason] = useState<Reason>("spam");
  const [note, setNote] = useState("");
  const send = useMutation({
    mutationFn: () => report(id, reason, note.trim()),
    onSuccess: () => {
      onClose();
      onReported();
    },
  });
  return (
    <form
      style={{ display: "grid", gap: "var(--gap-4)" }}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <p className="soft">{t("report.lead")}</p>
      {texts.length > 1 && (
        <Select label={t("report.which")} value={id} onChange={(event) => setId(event.target.value)}>
          {texts.map((one, place) => (
            <option key={one.id} value={one.id}>
              {`${place + 1}. ${one.text.slice(0, 80)}`}
            </option>
          ))}
        </Select>
      )}
      <Select
        label={t("report.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value as Reason)}
      >
        {REASONS.map((one) => (
          <option key={one} value={one}>
            {t(`report.reasons.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea
        label={t("report.note")}
        maxLength={500}
        rows={3}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {send.error && <Trouble error={send.error} />}
      <Button look="primary" type="submit" busy={send.isPending}>
        {t("report.send")}
      </Button>
    </form>
  );
}
