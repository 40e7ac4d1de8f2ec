import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Card } from "@/components/Page";
import { Meter } from "@/components/States";
import { TreeState } from "@/components/TreeState";
import { Ago } from "@/components/Words";
import styles from "./follow.module.css";

/** Where the tree stands, what it waits for, and what has happened to it. */
export function Facts({ tree }: { tree: Schemas["WholeTree"] }) {
  const { t } = useTranslation("follow");
  const size = t("size", { count: tree.size, goal: tree.goal_size });
  return (
    <Card as="section" className={styles["facts"] ?? ""} aria-label={t("facts")}>
      <p className={styles["line"]}>
        <TreeState state={tree.state} />
        <span>
          {t("begun")} <Ago at={tree.created_at} />
        </span>
        {tree.is_mine && <strong>{t("yourPrompt")}</strong>}
      </p>
      <p>
        <Standing tree={tree} />
      </p>
      {!tree.archived && (
        <div className={styles["growth"]}>
          <Meter value={tree.size / tree.goal_size} label={size} />
          <span className="soft small">{size}</span>
        </div>
      )}
      {tree.events.length > 0 && (
        <details>
          <summary>{t("history", { count: tree.events.length })}</summary>
          <ol className={styles["history"]}>
            {tree.events.map((event, place) => (
              <li key={place}>
                <strong>{t(`common:state.${event.after}`)}</strong>
                <span>{event.why_text}</span>
                <span className="soft">
                  <Ago at={event.at} />
                  {event.by && ` · ${event.by.display_name}`}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}

function Standing({ tree }: { tree: Schemas["WholeTree"] }) {
  const { t } = useTranslation("follow");
  if (tree.archived) return t("archived", { count: tree.size });
  return tree.waits_for ? t("waitsFor", { what: tree.waits_for }) : t("waitsForNothing");
}
