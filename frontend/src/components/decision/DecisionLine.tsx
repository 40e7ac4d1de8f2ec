import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Ago } from "../Words";
import { Changes } from "./Changes";
import styles from "./line.module.css";
import type { Decision } from "./types";

interface Props {
  decision: Decision;
  /** Lead to the message, the tree and the person it is about. */
  links?: boolean;
  /** What can be done about it. */
  actions?: ReactNode;
}

/** One decision in words: who did what to whom, when and why, what it changed and what became of it. */
export function DecisionLine({ decision, links = false, actions }: Props) {
  return (
    <article className={styles["line"]} data-undone={decision.undone_by !== null || undefined}>
      <p className={styles["said"]}>
        <strong>
          <Sentence of={decision} />
        </strong>{" "}
        <span className="soft">
          <Ago at={decision.at} />
        </span>
      </p>
      <Because of={decision} />
      <Marks of={decision} />
      <div className={styles["foot"]}>
        {links && <Links to={decision} />}
        <Changes of={decision} />
        {actions}
      </div>
    </article>
  );
}

/** Who did what to whom. */
export function Sentence({ of: { verb, by, person } }: { of: Pick<Decision, "verb" | "by" | "person"> }) {
  const { t } = useTranslation("moderate");
  return (
    <>
      {t(`log.said.${verb}`, {
        by: by?.display_name ?? t("log.system"),
        person: person?.display_name ?? t("log.somebody"),
      })}
    </>
  );
}

/** The reason in words, and what was written to it; once where they say the same. */
function Because({ of: { reason: code, reason_text, why } }: { of: Decision }) {
  const { t } = useTranslation("moderate");
  // “Another reason” is said by the words.
  const reason = code === "other" && why ? "" : reason_text;
  const same = !why || why.trim().toLowerCase() === reason.toLowerCase();
  const said = same ? reason || why : reason ? t("log.because", { reason, why }) : why;
  return said ? (
    <p className={styles["why"]} dir="auto">
      {said}
    </p>
  ) : null;
}

function Marks({ of: decision }: { of: Decision }) {
  const { t } = useTranslation("moderate");
  const { undone_by, appeal, batch_id } = decision;
  if (!undone_by && !appeal && !batch_id) return null;
  return (
    <ul className={styles["marks"]}>
      {undone_by && <li>{t("log.undone")}</li>}
      {appeal && <li>{t(`log.appeal.${appeal.outcome || "open"}`)}</li>}
      {batch_id && (
        <li>
          <Link to={`/moderate/batches/${batch_id}`}>{t("log.inBulk")}</Link>
        </li>
      )}
    </ul>
  );
}

function Links({ to: { message_id, tree_id, person } }: { to: Decision }) {
  const { t } = useTranslation("moderate");
  if (!message_id && !tree_id && !person) return null;
  return (
    <>
      {message_id && <Link to={`/messages/${message_id}`}>{t("log.toMessage")}</Link>}
      {!message_id && tree_id && <Link to={`/trees/${tree_id}`}>{t("log.toTree")}</Link>}
      {person && <Link to={`/moderate/people/${person.id}`}>{person.display_name || t("log.toPerson")}</Link>}
    </>
  );
}
