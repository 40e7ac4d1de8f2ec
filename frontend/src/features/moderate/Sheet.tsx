import { useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { ButtonLink } from "@/components/Button";
import { Markdown } from "@/components/Markdown";
import { RoleMark } from "@/components/Mark";
import { Loading, Note, Trouble } from "@/components/States";
import { Conversation } from "@/components/Turn";
import { Ago, LanguageName } from "@/components/Words";
import { Folding } from "./Folding";
import { AllScores, Gauges } from "./Gauges";
import { useThread } from "./lists";
import styles from "./moderate.module.css";
import type { Triaged } from "./place";

interface Props {
  item: Triaged;
  /** Its heading, which gets the focus when the next message comes. */
  heading: RefObject<HTMLHeadingElement | null>;
}

/** One message to look at: the text, who wrote it, what machine and people say of it. */
export function Sheet({ item, heading }: Props) {
  const { t } = useTranslation("moderate");
  const { message } = item;
  return (
    <article className={styles["sheet"]} aria-labelledby="triage-heading">
      <header className={styles["who"]}>
        <RoleMark role={message.role} size={22} />
        <h2 id="triage-heading" ref={heading} tabIndex={-1}>
          {t(`common:role.${message.role}`)}
        </h2>
        <span>
          <LanguageName tag={message.lang} />
        </span>
        {message.author && <bdi>{message.author.display_name}</bdi>}
        <span className="soft">
          <Ago at={message.created_date} />
        </span>
        <Open message={message} />
      </header>
      <Marks item={item} />
      <Gauges item={item} />
      {message.parent_id && <Above id={message.id} />}
      <Folding key={message.id} text={message.text}>
        <Markdown text={message.text} lang={message.lang} />
      </Folding>
      <AllScores item={item} />
    </article>
  );
}

function Open({ message }: Pick<Triaged, "message">) {
  const { t } = useTranslation("moderate");
  // In another tab: one's place in the list stays, and what can be taken back.
  return (
    <ButtonLink
      look="bare"
      icon="tree"
      className={styles["open"]}
      to={`/trees/${message.tree_id}?message=${message.id}`}
      target="_blank"
      rel="noopener"
      data-open
      aria-label={t("open")}
    >
      {t("openShort")}
    </ButtonLink>
  );
}

/** What else is known of it. */
function Marks({ item: { message, withheld, looked, reports } }: { item: Triaged }) {
  const { t } = useTranslation("moderate");
  const said = [
    withheld && t("withheld"),
    reports > 0 && t("reports", { count: reports }),
    message.review_result === false && t("rejected"),
    message.archived && t("archived"),
  ].filter((one): one is string => typeof one === "string");
  return (
    <>
      {said.length > 0 && (
        <ul className={styles["marks"]}>
          {said.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {looked && (
        <Note>
          {looked.by ? t("lookedBy", { name: looked.by.display_name }) : t("looked")} <Ago at={looked.at} />
        </Note>
      )}
    </>
  );
}

/** What a message replies to, for those who ask. */
function Above({ id }: { id: string }) {
  const { t } = useTranslation("moderate");
  const [open, setOpen] = useState(false);
  const { data: thread, error } = useThread(id, open);
  return (
    <details className={styles["more"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("above")}</summary>
      {open && !thread && !error && <Loading />}
      {error && <Trouble error={error} />}
      {thread && <Conversation turns={thread.messages.filter((one) => one.id !== id).map(asTurn)} />}
    </details>
  );
}

function asTurn(message: Schemas["Message"]): Schemas["Turn"] {
  return { ...message, text: message.text ?? "" };
}
