import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { TextArea } from "@/components/Field";
import { Trouble } from "@/components/States";
import styles from "./contest.module.css";

interface Props {
  busy: boolean;
  error: unknown;
  onSend: (text: string) => void;
  onBack?: () => void;
}

const LONGEST = 2000;

/** What somebody has to say against a decision. It can be said once, so it is not sent by a slip of the finger. */
export function AppealForm({ busy, error, onSend, onBack }: Props) {
  const { t } = useTranslation("contest");
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const opened = onBack !== undefined;
  // The button that opened it is gone: whoever pressed it can write at once.
  useEffect(() => {
    if (opened) form.current?.querySelector("textarea")?.focus();
  }, [opened]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!text.trim());
    if (text.trim()) onSend(text.trim());
  };
  return (
    <form ref={form} className={styles["form"]} onSubmit={send} noValidate>
      <TextArea
        label={t("form.label")}
        hint={t("form.hint")}
        error={missing ? t("form.missing") : undefined}
        rows={5}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error != null && <Trouble error={error} />}
      <div className={styles["actions"]}>
        <Button type="submit" look="primary" busy={busy}>
          {t("form.send")}
        </Button>
        {onBack && <Button onClick={onBack}>{t("form.back")}</Button>}
      </div>
    </form>
  );
}
