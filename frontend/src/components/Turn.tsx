import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Markdown } from "./Markdown";
import { RoleMark } from "./Mark";
import styles from "./Turn.module.css";

interface Props {
  role: Schemas["MessageRoleEnum"];
  /** Nothing where it was deleted, or is kept from people until a moderator has looked. */
  text: string | null;
  lang: string;
  deleted?: boolean;
  isMine?: boolean;
  /** This is the one the task is about. */
  inFocus?: boolean;
  /** Beside the name: time, rank, state. */
  aside?: ReactNode;
  /** Under the text: reactions, links. */
  foot?: ReactNode;
}

/** One message of a conversation. Prompter and assistant differ by drawing, name and ground, not by colour alone. */
export function Turn({
  role,
  text,
  lang,
  deleted = false,
  isMine = false,
  inFocus = false,
  aside,
  foot,
}: Props) {
  const { t } = useTranslation();
  return (
    <article
      className={`${styles["turn"]} ${styles[role]} ${inFocus ? styles["focus"] : ""}`}
      aria-current={inFocus || undefined}
    >
      <RoleMark role={role} />
      <header className={styles["head"]}>
        <span className={styles["headMark"]}>
          <RoleMark role={role} size={20} />
        </span>
        <span className={styles["who"]}>{t(`role.${role}`)}</span>
        {isMine && <span>{t("you")}</span>}
        {aside}
      </header>
      <div className={styles["body"]}>
        {deleted || !text ? (
          <p className={styles["gone"]}>{t(deleted ? "deletedMessage" : "heldMessage")}</p>
        ) : (
          <Markdown text={text} lang={lang} />
        )}
      </div>
      {foot && <footer className={styles["foot"]}>{foot}</footer>}
    </article>
  );
}

/** The conversation so far, oldest first. */
export function Conversation({
  turns,
  focusLast = false,
}: {
  turns: readonly Schemas["Turn"][];
  focusLast?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <ol className={styles["conversation"]} aria-label={t("conversation")}>
      {turns.map((turn, place) => (
        <li key={turn.id}>
          <Turn
            role={turn.role}
            text={turn.text}
            lang={turn.lang}
            deleted={turn.deleted}
            isMine={turn.is_mine}
            inFocus={focusLast && place === turns.length - 1}
          />
        </li>
      ))}
    </ol>
  );
}
