import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { RoleMark } from "@/components/Mark";
import { Ago, LanguageName } from "@/components/Words";
import { directionOf } from "@/lib/languages";
import styles from "./browse.module.css";
import { asQuery, readFilters } from "./filters";
import { Frame } from "./Frame";
import { useMessages } from "./lists";
import { Excerpt, Results } from "./Results";
import { useFilters } from "./useFilters";

/** Single messages, found by their words; each leads to its place in its conversation. */
export default function MessagesPage() {
  const { t } = useTranslation("browse");
  const [filters, change] = useFilters();
  const list = useMessages(filters);
  return (
    <Frame what="messages" filters={filters} change={change}>
      <Results
        list={list}
        label={t("messages")}
        narrowed={Object.keys(asQuery(filters, "messages")).length > 0}
        onClear={() => change(readFilters(new URLSearchParams()))}
        draw={(message) => <MessageCard message={message} search={filters.search} />}
      />
    </Frame>
  );
}

function verdictOf(message: Schemas["Message"]): string {
  if (message.review_result === null) return "undecided";
  return message.review_result ? "accepted" : "rejected";
}

function MessageCard({ message, search }: { message: Schemas["Message"]; search: string }) {
  const { t } = useTranslation("browse");
  return (
    <article className={styles["card"]}>
      <p className={styles["who"]}>
        <RoleMark role={message.role} size={20} />
        {t(`common:role.${message.role}`)}
        {message.depth === 0 && <span className="soft"> · {t("opening")}</span>}
      </p>
      <p className={styles["words"]} lang={message.lang} dir={directionOf(message.lang)}>
        <Link to={`/trees/${message.tree_id}?message=${message.id}`}>
          {message.text === null ? (
            t(message.deleted ? "common:deletedMessage" : "common:heldMessage")
          ) : (
            <Excerpt text={message.text} search={search} />
          )}
        </Link>
      </p>
      <p className={styles["facts"]}>
        <span>{t(`verdict.${verdictOf(message)}`)}</span>
        {message.rank !== null && <span>{t("rank", { place: message.rank + 1 })}</span>}
        <span>
          <LanguageName tag={message.lang} />
        </span>
        <span>
          <Ago at={message.created_date} />
        </span>
        {message.is_mine && <strong>{t("yours")}</strong>}
      </p>
    </article>
  );
}
