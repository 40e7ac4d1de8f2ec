import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, data } from "@/api/client";
import { ME, type Me } from "@/api/me";
import { problemOf } from "@/api/problems";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Note, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { absoluteDay } from "@/lib/time";
import styles from "./settle.module.css";

/** Keep all one wrote and will write out of data sets, or give it back. */
function useKeepOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (out: boolean) =>
      data(out ? api.POST("/api/v1/me/withdraw") : api.POST("/api/v1/me/give-back")),
    onSuccess: (now) => {
      queries.setQueryData<Me | null>(ME, (me) => me && { ...me, ...now });
      void queries.invalidateQueries({ queryKey: ["tasks"] });
    },
  });
}

/** Whether data sets may have what somebody writes; for single messages see the contributions. */
export function DataSetsGroup({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(["settle", "common"]);
  const [asking, setAsking] = useState(false);
  const say = useSay();
  const keep = useKeepOut();
  const refused = (error: Error) => say(problemOf(error).detail || t("common:trouble.unknown"));
  const giveBack = () =>
    keep.mutate(false, { onSuccess: () => say(t("privacy.gaveBack")), onError: refused });
  const keepOut = () =>
    keep.mutate(true, {
      onSuccess: () => {
        setAsking(false);
        say(t("privacy.keptOut"), { action: { label: t("common:undo"), run: giveBack } });
      },
    });
  return (
    <div className={styles["group"]}>
      <h3>{t("privacy.dataSets")}</h3>
      <p className="soft">
        <Trans
          t={t}
          i18nKey="privacy.dataSetsHelp"
          components={{ mine: <Link to="/me/contributions?kind=written" /> }}
        />
      </p>
      {me.withdrew_at === null ? (
        <div className={styles["row"]}>
          <Button onClick={() => setAsking(true)}>{t("privacy.keepOut")}</Button>
          <Link to="/datasets">{t("publish:title")}</Link>
        </div>
      ) : (
        <Note
          tone="warn"
          title={t("privacy.dataSetsOut", { day: absoluteDay(me.withdrew_at, i18n.language) })}
          actions={
            <Button icon="undo" busy={keep.isPending} onClick={giveBack}>
              {t("privacy.giveBack")}
            </Button>
          }
        >
          {t("privacy.giveBackHelp")}
        </Note>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("privacy.keepOutTitle")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("common:cancel")}</Button>
            <Button look="primary" busy={keep.isPending} onClick={keepOut}>
              {t("privacy.keepOut")}
            </Button>
          </>
        }
      >
        <div className={styles["text"]}>
          {keep.error && <Trouble error={keep.error} />}
          <ul>
            {[t("privacy.keepOutWhat", { returnObjects: true }) as string[]].flat().map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      </Dialog>
    </div>
  );
}
