import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { TextArea } from "@/components/Field";
import { Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { useChangePolicy, usePreview, type Policy } from "./asking";
import { GROUPS, groupOf, set, valuesOf, type Draft } from "./draft";
import { FieldRow } from "./FieldRow";
import { PreviewPart } from "./PreviewPart";
import styles from "./tend.module.css";

/** The fields of a policy, what a change would do, and the change. */
export function PolicyForm({ policy, mayChange }: { policy: Policy; mayChange: boolean }) {
  const { t } = useTranslation("tend");
  const say = useSay();
  const [draft, setDraft] = useState<Draft>({});
  const [note, setNote] = useState("");
  const preview = usePreview();
  const change = useChangePolicy();
  const number = Object.keys(draft).length;
  const body = { lang: policy.lang, values: valuesOf(draft, policy.fields) };
  const save = () =>
    change.mutate({ ...body, note: note.trim() }, { onSuccess: () => say(t("policy.saved")) });
  return (
    <div className={styles["form"]}>
      {GROUPS.map((group) => (
        <details key={group} className={styles["group"]} open={group === "growth"}>
          <summary>{t(`policy.groups.${group}`)}</summary>
          <div className={styles["fields"]}>
            {policy.fields
              .filter((field) => groupOf(field.name) === group)
              .map((field) => (
                <FieldRow
                  key={field.name}
                  field={field}
                  value={field.name in draft ? draft[field.name] : field.value}
                  changed={field.name in draft}
                  onChange={(value) => {
                    preview.reset();
                    setDraft((now) => set(now, field, value));
                  }}
                />
              ))}
          </div>
        </details>
      ))}
      <p role="status">{t("policy.changed", { count: number })}</p>
      <div className={styles["row"]}>
        <Button disabled={number === 0} busy={preview.isPending} onClick={() => preview.mutate(body)}>
          {t("policy.preview")}
        </Button>
        <Button look="bare" disabled={number === 0} onClick={() => setDraft({})}>
          {t("policy.drop")}
        </Button>
      </div>
      {preview.error && <Trouble error={preview.error} />}
      {preview.data && <PreviewPart preview={preview.data} />}
      {mayChange && number > 0 && (
        <>
          <TextArea
            label={t("policy.why")}
            hint={t("policy.whyHint")}
            rows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {change.error && <Trouble error={change.error} />}
          <div>
            <Button look="primary" busy={change.isPending} disabled={!note.trim()} onClick={save}>
              {t("policy.save")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
