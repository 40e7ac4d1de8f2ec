import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import { Card } from "@/components/Page";
import { Meter, Note, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Ago, Day } from "@/components/Words";
import { ActDialog } from "./ActDialog";
import { useAct } from "./asking";
import { atWork, isPublic, possible, share, type Act } from "./progress";
import styles from "./release.module.css";
import { StateChip } from "./StateChip";
import type { Release } from "./types";

/** How it stands with a release, and what an administrator can do about it. */
export function StandPart({ release, mayAct }: { release: Release; mayAct: boolean }) {
  const { t } = useTranslation("release");
  const heading = useHere(release.state);
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="stand">
      <h2 id="stand" ref={heading} tabIndex={-1} className={styles["stand"]}>
        <StateChip of={release.state} />
      </h2>
      {atWork(release.state) ? <Progress release={release} /> : <Said release={release} />}
      <Facts release={release} />
      {possible(release.state).length > 0 &&
        (mayAct ? <Acts release={release} /> : <p className="soft">{t("progress.adminOnly")}</p>)}
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

function Progress({ release }: { release: Release }) {
  const { t, i18n } = useTranslation("release");
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share(release));
  const words = t("progress.label", { percent });
  return (
    <>
      <Meter value={share(release)} label={words} />
      <p role="status" className={styles["facts"]}>
        {release.state === "waiting" ? (
          <span>{t("progress.waiting")}</span>
        ) : (
          <>
            <span>{words}</span>
            {release.doing && <span>{release.doing}</span>}
          </>
        )}
      </p>
      <p className="soft small">{t("progress.goesOn")}</p>
    </>
  );
}

/** What its state means, in a sentence. */
function Said({ release: { name, state, error, recalled_why } }: { release: Release }) {
  const { t } = useTranslation("release");
  switch (state) {
    case "failed":
      return (
        <Note tone="bad" title={t("progress.failed")}>
          {error && <p dir="auto">{error}</p>}
          <p>{t("progress.failedHelp")}</p>
        </Note>
      );
    case "refused":
      return (
        <Note tone="bad" title={t("progress.refused")}>
          {t("progress.refusedHelp")}
        </Note>
      );
    case "ready":
      return (
        <Note tone="good" title={t("progress.ready")}>
          {t("progress.readyHelp")}
        </Note>
      );
    case "published":
      return (
        <Note tone="good" title={t("progress.published")}>
          <Link className={styles["way"]} to={`/datasets/${name}`}>
            {t("progress.toPublic")}
          </Link>
        </Note>
      );
    case "recalled":
      return (
        <Note tone="warn" title={t("progress.recalled")}>
          <p dir="auto">{recalled_why}</p>
          <Link className={styles["way"]} to={`/datasets/${name}`}>
            {t("progress.toPublic")}
          </Link>
        </Note>
      );
    default:
      return <p>{t("progress.cancelled")}</p>;
  }
}

function Facts({ release }: { release: Release }) {
  const { t } = useTranslation("release");
  return (
    <p className={styles["facts"]}>
      <code>{release.name}</code>
      <span>{release.licence}</span>
      {release.by && <bdi>{t("by", { name: release.by.display_name })}</bdi>}
      <Ago at={release.at} />
      {release.taken_at && (
        <span>
          {t("progress.asOf")} <Day at={release.taken_at} />
        </span>
      )}
      {isPublic(release.state) && release.published_at && (
        <span>
          {t("progress.publishedAt")} <Day at={release.published_at} />
        </span>
      )}
    </p>
  );
}

const LOOKS = { publish: "primary", retry: "primary", cancel: "quiet", recall: "quiet" } as const;

function Acts({ release }: { release: Release }) {
  const { t } = useTranslation("release");
  const say = useSay();
  const [asking, setAsking] = useState<Act | null>(null);
  const act = useAct(release.name);
  const close = () => {
    act.reset();
    setAsking(null);
  };
  const decide = (which: Act, why?: string) =>
    act.mutate(
      { act: which, ...(why !== undefined && { why }) },
      {
        onSuccess: () => {
          setAsking(null);
          if (which !== "retry") say(t(`${which}.done`));
        },
      },
    );
  return (
    <>
      {act.error && !asking && <Trouble error={act.error} />}
      <div className={styles["acts"]}>
        {possible(release.state).map((one) => (
          <Button
            key={one}
            look={LOOKS[one]}
            busy={act.isPending && !asking}
            onClick={() => (one === "retry" ? decide(one) : setAsking(one))}
          >
            {t(`progress.${one}`)}
          </Button>
        ))}
      </div>
      <ActDialog
        act={asking}
        release={release}
        onClose={close}
        onDecide={decide}
        busy={act.isPending}
        error={act.error}
      />
    </>
  );
}
