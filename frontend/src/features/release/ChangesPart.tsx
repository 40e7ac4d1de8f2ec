import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Card } from "@/components/Page";
import { Figure } from "./FiguresPart";
import styles from "./release.module.css";
import type { Changes } from "./types";

const COUNTS = [
  "trees_added",
  "trees_gone",
  "messages_added",
  "messages_gone",
  "messages_changed",
  "withdrawn",
] as const;

/** What became otherwise since the release before. */
export function ChangesPart({ changes }: { changes: Changes | null }) {
  const { t } = useTranslation("release");
  if (!changes) return null;
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="changes">
      <h2 id="changes">
        <Link to={`/moderate/releases/${changes.previous}`}>
          {t("changes.title", { previous: changes.previous })}
        </Link>
      </h2>
      <dl className={styles["figures"]}>
        {COUNTS.map((name) => (
          <Figure key={name} what={t(`changes.${name}`)} of={changes[name]} />
        ))}
      </dl>
    </Card>
  );
}
