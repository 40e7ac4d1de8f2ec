import { useMemo, useState, type Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { Schemas } from "@/api/client";
import { isProblem } from "@/api/problems";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { ReportDialog } from "@/components/ReportDialog";
import { Empty, Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { languageName } from "@/lib/languages";
import { Facts } from "./Facts";
import styles from "./follow.module.css";
import { grown, type Arbour, type Node } from "./model";
import { hereIn, inSight, type Move, type View } from "./reading";
import { Thread } from "./Thread";
import { useInSight, usePlace } from "./usePlace";
import { useReadingKeys } from "./useReadingKeys";
import { useTree } from "./useTree";
import { Whole } from "./Whole";

/** One conversation, whole or thread by thread. */
export default function TreePage() {
  const { t, i18n } = useTranslation("follow");
  const { id = "" } = useParams();
  const { data: tree, error, isPending, refetch } = useTree(id);
  const arbour = useMemo(() => tree && grown(tree.messages), [tree]);
  if (isPending)
    return (
      <Page title={t("loading")}>
        <Loading lines={8} />
      </Page>
    );
  if (error && !tree) {
    const missing = isProblem(error) && error.status === 404;
    return (
      <Page title={t("conversation")}>
        {missing ? (
          <Empty title={error.detail} action={<ButtonLink to="/trees">{t("toAll")}</ButtonLink>} />
        ) : (
          <Trouble error={error} retry={() => void refetch()} />
        )}
      </Page>
    );
  }
  if (!arbour) return <Page title={t("conversation")} />;
  return (
    <Page
      width="wide"
      title={t("title", { language: languageName(tree.lang, i18n.language) })}
      actions={
        <ButtonLink look="bare" icon="back" mirrored to="/trees">
          {t("toAll")}
        </ButtonLink>
      }
    >
      <Reading key={id} tree={tree} arbour={arbour} />
    </Page>
  );
}

/** From so many messages on, those out of sight are not drawn before they come into it. */
const MANY = 40;

/** The tree as it is read: whole or by threads, at one message, with keys. */
function Reading({ tree, arbour }: { tree: Schemas["WholeTree"]; arbour: Arbour }) {
  const { t } = useTranslation("follow");
  const [place, move] = usePlace(arbour);
  const [reported, report] = useState<Node | null>(null);
  const say = useSay();
  useReadingKeys(move, hereIn(arbour, place), place.view);
  useInSight(place);
  const shared = { place, archived: tree.archived, move, report };
  return (
    <div className={styles["sheet"]}>
      <div className={styles["side"]}>
        <Facts tree={tree} />
      </div>
      <div className={`${styles["talk"]} ${arbour.nodes.size > MANY ? styles["many"] : ""}`}>
        <Views view={place.view} move={move} forks={hasForks(arbour)} />
        {place.view === "tree" ? (
          <Whole root={arbour.root} {...shared} />
        ) : (
          <Thread nodes={inSight(arbour, place)} {...shared} />
        )}
        <p className="soft small">{t("judgedHint")}</p>
      </div>
      <ReportDialog
        open={reported !== null}
        onClose={() => report(null)}
        texts={reported ? [{ id: reported.id, text: reported.message.text ?? "" }] : []}
        onReported={() => say(t("reported"))}
      />
    </div>
  );
}

function hasForks(arbour: Arbour): boolean {
  return [...arbour.nodes.values()].some((node) => node.children.length > 1);
}

function Views({ view, move, forks }: { view: View; move: Dispatch<Move>; forks: boolean }) {
  const { t } = useTranslation("follow");
  if (!forks) return null;
  return (
    <div className={styles["views"]}>
      <div className={styles["either"]} role="group" aria-label={t("views")}>
        {(["thread", "tree"] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            onClick={() => move({ to: "view", view: one })}
          >
            {t(`view.${one}`)}
          </button>
        ))}
      </div>
      {view === "tree" && (
        <span>
          <Button look="bare" onClick={() => move({ to: "allFolded" })}>
            {t("foldAll")}
          </Button>
          <Button look="bare" onClick={() => move({ to: "allOpen" })}>
            {t("openAll")}
          </Button>
        </span>
      )}
    </div>
  );
}
