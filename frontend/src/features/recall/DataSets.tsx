import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import { problemOf } from "@/api/problems";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Day } from "@/components/Words";
import styles from "./recall.module.css";
import { toldOf, useKeepOut, useStanding, type Standing } from "./standing";

interface Props {
  id: string;
  /** As the list says; once it is open, what was asked for it. */
  withdrawn: boolean;
  isPrompt: boolean;
}

/** Which data sets have a message of mine, whether one may have it, and the way to keep it out. */
export function DataSets({ id, withdrawn, isPrompt }: Props) {
  const { t } = useTranslation("recall");
  const [open, setOpen] = useState(false);
  return (
    <details className={styles["dataSets"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t("dataSets.title")}
        {withdrawn && <span className={styles["out"]}>{t("dataSets.out")}</span>}
      </summary>
      {open && <Asked id={id} isPrompt={isPrompt} />}
    </details>
  );
}

function Asked({ id, isPrompt }: Omit<Props, "withdrawn">) {
  const { data: standing, error, refetch } = useStanding(id);
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!standing) return <Loading lines={2} />;
  return (
    <div className={styles["standing"]}>
      <StandingWords standing={standing} />
      <Either standing={standing} isPrompt={isPrompt} />
    </div>
  );
}

/** In which it is, and whether it may be in the next one. */
export function StandingWords({ standing }: { standing: Standing }) {
  const { t } = useTranslation("recall");
  const told = toldOf(standing);
  return (
    <>
      {standing.releases.length === 0 && <p>{t("dataSets.inNone")}</p>}
      {standing.releases.length > 0 && (
        <>
          <p>{t("dataSets.in", { count: standing.releases.length })}</p>
          <ul className={styles["releases"]}>
            {standing.releases.map((one) => (
              <li key={one.name}>
                <Link to={`/datasets/${one.name}`}>
                  <bdi>{one.title || one.name}</bdi>
                </Link>
                {one.recalled && <span className="soft"> · {t("dataSets.recalled")}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <Trans
          t={t}
          i18nKey={`dataSets.told.${told}`}
          values={{ why: standing.held_text }}
          components={{
            day: standing.free_from ? <Day at={standing.free_from} /> : <span />,
            settings: <Link to="/me/settings#privacy" />,
          }}
        />
      </p>
    </>
  );
}

/** The way out, or the way back in; where everything is kept out, only the settings change that. */
export function Either({ standing, isPrompt }: { standing: Standing; isPrompt: boolean }) {
  const { t } = useTranslation(["recall", "common"]);
  const [asking, setAsking] = useState(false);
  const say = useSay();
  const keep = useKeepOut(standing.message_id);
  const refused = (error: Error) => say(problemOf(error).detail || t("common:trouble.unknown"));
  const giveBack = () => keep.mutate(false, { onSuccess: () => say(t("dataSets.isBack")), onError: refused });
  const keepOut = () =>
    keep.mutate(true, {
      onSuccess: () => {
        setAsking(false);
        say(t("dataSets.isOut"), { action: { label: t("common:undo"), run: giveBack } });
      },
    });
  if (standing.withdrew_all) return null;
  return (
    <div className={styles["actions"]}>
      {standing.withdrawn ? (
        <Button icon="undo" busy={keep.isPending} onClick={giveBack}>
          {t("dataSets.giveBack")}
        </Button>
      ) : (
        <Button onClick={() => setAsking(true)}>{t("dataSets.keepOut")}</Button>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("dataSets.sure")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("common:cancel")}</Button>
            <Button look="primary" busy={keep.isPending} onClick={keepOut}>
              {t("dataSets.keepOut")}
            </Button>
          </>
        }
      >
        {keep.error && <Trouble error={keep.error} />}
        <What isPrompt={isPrompt} published={standing.releases.length > 0} />
      </Dialog>
    </div>
  );
}

/** Just what happens. */
function What({ isPrompt, published }: { isPrompt: boolean; published: boolean }) {
  const { t } = useTranslation("recall");
  const points = [
    "stays",
    "leftOut",
    ...(isPrompt ? ["prompt"] : []),
    published ? "published" : "notPublished",
    "anyTime",
  ];
  return (
    <ul className={styles["points"]}>
      {points.map((point) => (
        <li key={point}>
          <Icon name={point === "anyTime" ? "undo" : "info"} size={18} />
          {t(`dataSets.what.${point}`)}
        </li>
      ))}
    </ul>
  );
}
