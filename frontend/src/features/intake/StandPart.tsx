import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Card } from "@/components/Page";
import { Meter, Note, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { size } from "@/lib/size";
import { useAct } from "./asking";
import styles from "./intake.module.css";
import { atWork, possible, share } from "./progress";
import { StateChip } from "./StateChip";
import type { Import } from "./types";

/** How it stands with an import, and what an administrator can do about it. */
export function StandPart({ run, mayAct }: { run: Import; mayAct: boolean }) {
  const { t } = useTranslation("intake");
  const heading = useHere(`${run.state} ${run.dry_run}`);
  const may = possible(run);
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="stand">
      <h2 id="stand" ref={heading} tabIndex={-1} className={styles["stand"]}>
        <StateChip of={run.state} />
        {run.dry_run && <span className={`${styles["state"]} ${styles["warn"]}`}>{t("dryRun")}</span>}
      </h2>
      {atWork(run.state) ? <Progress run={run} /> : <Said run={run} />}
      {may && (mayAct ? <Acts run={run} may={may} /> : <p className="soft">{t("progress.adminOnly")}</p>)}
    </Card>
  );
}

/** The button that was pressed may be gone afterwards: whoever pressed it is led here, not to the page's top. */
function useHere(state: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state && document.activeElement === document.body) heading.current?.focus();
    before.current = state;
  }, [state]);
  return heading;
}

function Progress({ run }: { run: Import }) {
  const { t, i18n } = useTranslation("intake");
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share(run));
  const words = t("progress.read", { percent, size: size(run.total_bytes, i18n.language) });
  return (
    <>
      <Meter value={share(run)} label={words} />
      <p role="status" className={styles["facts"]}>
        {run.state === "waiting" ? t("progress.waiting") : words}
      </p>
      <p className="soft small">{t("progress.goesOn")}</p>
    </>
  );
}

function Said({ run: { state, dry_run, error } }: { run: Import }) {
  const { t } = useTranslation("intake");
  if (state === "failed")
    return (
      <Note tone="bad" title={t("progress.failed")}>
        {error && <span dir="auto">{error}</span>}
      </Note>
    );
  if (state === "stopped")
    return <Note tone="warn" title={t(dry_run ? "progress.stoppedTry" : "progress.stopped")} />;
  return dry_run ? (
    <Note title={t("progress.tried")}>{t("progress.kept")}</Note>
  ) : (
    <Note tone="good" title={t("progress.done")} />
  );
}

function Acts({ run, may }: { run: Import; may: "stop" | "real" | "again" }) {
  const { t } = useTranslation("intake");
  const say = useSay();
  const act = useAct(run.id);
  const [asking, setAsking] = useState(false);
  const stop = () =>
    act.mutate("stop", {
      onSuccess: () => say(t("progress.stoppedNow")),
      onSettled: () => setAsking(false),
    });
  return (
    <>
      {act.error && <Trouble error={act.error} />}
      <div>
        {may === "stop" ? (
          <Button onClick={() => setAsking(true)}>{t("progress.stop")}</Button>
        ) : (
          <Button look="primary" busy={act.isPending} onClick={() => act.mutate("run")}>
            {t(`progress.${may}`)}
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("progress.stopTitle")}
        actions={
          <>
            <Button data-first onClick={() => setAsking(false)}>
              {t("progress.keep")}
            </Button>
            <Button look="danger" busy={act.isPending} onClick={stop}>
              {t("progress.stop")}
            </Button>
          </>
        }
      >
        <p>{t(run.dry_run ? "progress.stopLeadTry" : "progress.stopLead")}</p>
      </Dialog>
    </>
  );
}
