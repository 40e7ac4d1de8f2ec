import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMarkRead, type Notice } from "@/api/community";
import { Ago } from "@/components/Words";
import styles from "./NewsPage.module.css";

/** The page a notice leads to; "" for none. */
function whereTo({ link, tree_id, message_id }: Notice): string {
  if (link || !tree_id) return link;
  return `/trees/${tree_id}${message_id ? `?message=${message_id}` : ""}`;
}

/** Notices in the server's words. Following one marks it as read. */
export function NewsList({ notices }: { notices: readonly Notice[] }) {
  const { t } = useTranslation("hear");
  const read = useMarkRead();
  return (
    <ul className={styles["list"]}>
      {notices.map((one) => (
        <li key={one.id} className={`${styles["item"]} ${one.read_at === null ? styles["unread"] : ""}`}>
          <span className={styles["dot"]} aria-hidden="true" />
          <strong>
            {one.read_at === null && <span className="visually-hidden">{t("unread")} </span>}
            {one.title}
          </strong>
          <Ago at={one.at} />
          {one.text && <p>{one.text}</p>}
          {whereTo(one) && (
            <Link to={whereTo(one)} onClick={() => one.read_at === null && read.mutate([one.id])}>
              {one.link ? t("seeWhy") : t("see")}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
