import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMarkRead, type Notice } from "@/api/community";
import { Ago } from "@/components/Words";
import styles from "./NewsPage.module.css";

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
          {one.tree_id && (
            <Link
              to={`/trees/${one.tree_id}${one.message_id ? `?message=${one.message_id}` : ""}`}
              onClick={() => one.read_at === null && read.mutate([one.id])}
            >
              {t("see")}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
