import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextArea } from "@/components/Field";
import { Trouble } from "@/components/States";
import type { Act } from "./progress";
import styles from "./release.module.css";
import type { Release } from "./types";

interface Props {
  /** What is asked about; null for nothing. */
  act: Act | null;
  release: Release;
  onClose: () => void;
  onDecide: (act: Act, why?: string) => void;
  busy: boolean;
  error: unknown;
}

/** What publishing, recalling or cancelling means, before it is done. */
export function ActDialog({ act, release, onClose, onDecide, busy, error }: Props) {
  const { t } = useTranslation("release");
  const [why, setWhy] = useState("");
  if (!act || act === "retry") return <Dialog open={false} onClose={onClose} title="" children={null} />;
  const reason = act === "recall" ? why.trim() : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={<bdi>{t(`${act}.title`, { name: release.name })}</bdi>}
      actions={
        <>
          <Button onClick={onClose} data-first={act === "recall" ? undefined : true}>
            {act === "cancel" ? t("cancel.keep") : t("common:cancel")}
          </Button>
          <Button
            look={act === "publish" ? "primary" : "danger"}
            busy={busy}
            disabled={reason === ""}
            onClick={() => onDecide(act, reason)}
          >
            {t(`${act}.go`)}
          </Button>
        </>
      }
    >
      <div className={styles["part"]}>
        {act === "publish" ? <Publishing release={release} /> : <p>{t(`${act}.lead`)}</p>}
        {act === "recall" && (
          <TextArea
            data-first
            label={t("recall.why")}
            hint={t("recall.whyHint")}
            rows={3}
            required
            maxLength={2000}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
        )}
        {error ? <Trouble error={error} /> : null}
      </div>
    </Dialog>
  );
}

function Publishing({ release: { numbers, licence } }: { release: Release }) {
  const { t } = useTranslation("release");
  return (
    <>
      <p>
        {t("publish.holds", {
          messages: t("messages", { count: numbers?.messages ?? 0 }),
          people: t("people", { count: numbers?.people ?? 0 }),
          licence,
        })}
      </p>
      <ul className={styles["plain"]}>
        {(["everybody", "forever", "recall"] as const).map((one) => (
          <li key={one}>{t(`publish.${one}`)}</li>
        ))}
      </ul>
    </>
  );
}
