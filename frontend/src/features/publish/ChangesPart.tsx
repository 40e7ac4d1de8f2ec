import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Count } from "@/components/Words";
import { Part } from "./Part";
import styles from "./publish.module.css";
import type { Changes } from "./types";

const KINDS = [
  "trees_added", "trees_gone", "messages_added", "messages_gone", "messages_changed", "withdrawn",
] as const; // prettier-ignore

/** What is different from the version before. */
export function ChangesPart({ changes }: { changes: Changes }) {
  const { t } = useTranslation("publish");
  return (
    <Part
      id="changes"
      title={t("part.changes")}
      lead={
        <>
          {t("changesHelp")}{" "}
          <Link to={`/datasets/${changes.previous}`}>
            <bdi dir="ltr">{changes.previous}</bdi>
          </Link>
        </>
      }
    >
      <dl className={styles["figures"]}>
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt>{t(`change.${kind}`)}</dt>
            <dd>
              <Count of={changes[kind]} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
