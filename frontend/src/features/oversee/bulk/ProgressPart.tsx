import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { Button } from "@/components/Button";
import { DecisionDialog } from "@/components/decision/DecisionDialog";
import { Card } from "@/components/Page";
import { Meter } from "@/components/States";
import { useHotkeys } from "@/lib/hotkeys";
import { absolute } from "@/lib/time";
import { lasting } from "../figures";
import { BATCHES } from "../keys";
import type { Batch } from "../types";
import styles from "./bulk.module.css";
import { Problems } from "./Problems";
import { atWork, goesBack, reached } from "./progress";

/** How far it is, what was refused and why, and its way back as a whole. */
export function ProgressPart({ batch }: { batch: Batch }) {
  const { t, i18n } = useTranslation("oversee");
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const may = batch.may_undo;
  const undo = useMutation({
    mutationFn: (why: string) =>
      data(
        api.POST("/api/v1/moderation/batches/{batch_id}/undo", {
          params: { path: { batch_id: batch.id } },
          body: { why },
        }),
      ),
    onSuccess: () => setAsking(false),
    onSettled: () => queries.invalidateQueries({ queryKey: BATCHES }),
  });
  const working = atWork(batch);
  const { ready, of } = reached(batch);
  const words = t(goesBack(batch) ? "batch.undoneOf" : "batch.doneOf", { done: ready, count: of });
  const heading = useHere(`${batch.state} ${asking}`);
  useHotkeys(may ? [{ keys: "u", label: t("batch.undo"), run: () => setAsking(true) }] : []);
  return (
    <Card className={styles["card"]}>
      <h2 ref={heading} tabIndex={-1}>
        {t(`batch.state.${batch.state}`)}
      </h2>
      <Meter value={of === 0 ? 1 : ready / of} label={words} />
      <p role="status" className={styles["facts"]}>
        <span>{words}</span>
        {batch.stands > 0 && <span>{t("batch.stands", { count: batch.stands })}</span>}
        {batch.refused > 0 && <span>{t("batch.refused", { count: batch.refused })}</span>}
        {working && batch.seconds_left !== null && (
          <span>{t("batch.left", { time: lasting(Math.max(1, batch.seconds_left), i18n.language) })}</span>
        )}
      </p>
      {working && <p className="soft small">{t("batch.goesOn")}</p>}
      {batch.problems.length > 0 && (
        <>
          <h3>{t("batch.whyNot")}</h3>
          <Problems of={batch.problems} />
        </>
      )}
      {may && (
        <div className={styles["undo"]}>
          {batch.undo_until && (
            <p className="soft small">
              {t("batch.undoUntil", { when: absolute(batch.undo_until, i18n.language) })}
            </p>
          )}
          <Button icon="undo" aria-keyshortcuts="u" onClick={() => setAsking(true)}>
            {t("batch.undo")}
          </Button>
        </div>
      )}
      <DecisionDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDecide={({ why }) => undo.mutate(why)}
        busy={undo.isPending}
        error={undo.error}
        title={t("batch.undoTitle")}
        lead={t("batch.undoLead", { count: batch.done })}
        go={t("batch.undo")}
        wordless
      />
    </Card>
  );
}

/** The button that began it, or undid it, is gone afterwards: whoever pressed it is led here, not to the page's top. */
function useHere(step: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [step]);
  return heading;
}
