import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, data } from "@/api/client";
import { Button } from "@/components/Button";
import { Card } from "@/components/Page";
import { Note, Trouble } from "@/components/States";
import { useHotkeys } from "@/lib/hotkeys";
import { BATCHES } from "../keys";
import { Samples } from "../Samples";
import type { Batch, Preview } from "../types";
import styles from "./bulk.module.css";
import { Problems } from "./Problems";

/** What would change. Nothing has happened yet. */
export function DraftPart({ batch }: { batch: Batch }) {
  const { t } = useTranslation("oversee");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = { batch_id: batch.id };
  const again = () => queries.invalidateQueries({ queryKey: BATCHES });
  const run = useMutation({
    mutationFn: () => data(api.POST("/api/v1/moderation/batches/{batch_id}/run", { params: { path } })),
    onSettled: again,
  });
  const drop = useMutation({
    mutationFn: () => data(api.DELETE("/api/v1/moderation/batches/{batch_id}", { params: { path } })),
    onSuccess: async () => {
      await navigate("/moderate/bulk");
      queries.removeQueries({ queryKey: [...BATCHES, "one", batch.id] });
      void queries.invalidateQueries({ queryKey: [...BATCHES, "list"] });
    },
  });
  const tooMany = batch.preview.too_many;
  useHotkeys(tooMany ? [] : [{ keys: "Mod+Enter", label: t("batch.run"), run: () => run.mutate() }]);
  return (
    <Card className={styles["card"]}>
      <h2>{t("batch.wouldChange")}</h2>
      <Figures of={batch.preview} />
      {batch.preview.refused_already.length > 0 && (
        <>
          <h3>{t("batch.wouldRefuse")}</h3>
          <Problems of={batch.preview.refused_already} />
        </>
      )}
      {tooMany && <Note tone="warn" title={t("batch.tooMany")} />}
      <h3>{t("batch.samples")}</h3>
      <Samples samples={batch.samples} />
      {(run.error ?? drop.error) && <Trouble error={run.error ?? drop.error} />}
      <div className={styles["ways"]}>
        <Button busy={drop.isPending} onClick={() => drop.mutate()}>
          {t("batch.drop")}
        </Button>
        <Button
          look={batch.verb === "delete" || batch.verb === "spam" ? "danger" : "primary"}
          busy={run.isPending || run.isSuccess}
          disabled={tooMany}
          aria-keyshortcuts="Control+Enter"
          onClick={() => run.mutate()}
        >
          {t("batch.run")}
        </Button>
      </div>
    </Card>
  );
}

const COUNTS = ["messages", "with_subtrees", "trees", "authors", "tasks_open", "tasks_in_hand"] as const;

/** Nothing is said of what does not change. */
function tells(preview: Preview, name: (typeof COUNTS)[number]): boolean {
  return name === "with_subtrees" ? preview.with_subtrees > preview.messages : preview[name] > 0;
}

function Figures({ of: preview }: { of: Preview }) {
  const { t, i18n } = useTranslation("oversee");
  const points = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(preview.points);
  const states = Object.entries(preview.by_state).sort(([, one], [, other]) => other - one);
  return (
    <ul className={styles["figures"]}>
      {COUNTS.filter((name) => tells(preview, name)).map((name) => (
        <li key={name}>{t(`batch.would.${name}`, { count: preview[name] })}</li>
      ))}
      {preview.points !== 0 && (
        <li>{t(preview.points_exact ? "batch.would.points" : "batch.would.pointsAbout", { points })}</li>
      )}
      {states.length > 0 && (
        <li>
          {t("batch.would.states")}{" "}
          {states.map(([state, count]) => `${t(`common:state.${state}`)}: ${count}`).join(", ")}
        </li>
      )}
    </ul>
  );
}
