import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Shown } from "./remarks";
import styles from "./write.module.css";

/** One remark in the server's words, with what it is about. */
export function RemarkWords({ remark }: { remark: Shown }) {
  const { t } = useTranslation("write");
  return (
    <>
      <p>{remark.text}</p>
      <Pieces of={remark.pieces} />
      {remark.excerpt && (
        <blockquote className={styles["twin"]} dir="auto">
          {remark.excerpt}
        </blockquote>
      )}
      {remark.message_id && (
        <p>
          {/* In another tab: what is being written stays where it is. */}
          <Link to={`/messages/${remark.message_id}`} target="_blank" rel="noopener">
            {t("twin")}
          </Link>
        </p>
      )}
      {remark.remedy && <p className="small">{remark.remedy}</p>}
    </>
  );
}

/** The pieces of the text that are meant. */
export function Pieces({ of: pieces }: { of: readonly string[] }) {
  const { t } = useTranslation("write");
  if (pieces.length === 0) return null;
  return (
    <ul className={styles["pieces"]} aria-label={t("pieces")}>
      {pieces.map((piece) => (
        <li key={piece}>
          <bdi>{piece}</bdi>
        </li>
      ))}
    </ul>
  );
}
