import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Ago } from "@/components/Words";
import { absolute } from "@/lib/time";
import styles from "./cases.module.css";
import { DecisionList } from "./DecisionList";
import { Panel } from "./Panel";
import type { PersonRecord } from "./types";
import { useNames } from "./useNames";

interface Props {
  author: PersonRecord;
  onUndo: (decision: string) => void;
}

/** Who is behind it: what became of their work, and what was decided about them before. */
export function AuthorPart({ author, onUndo }: Props) {
  const { t } = useTranslation("moderate");
  const { countOf } = useNames();
  const figures = ["messages", "accepted", "rejected", "deleted"] as const;
  return (
    <Panel title={t("cases.author")}>
      <p className={styles["name"]}>
        <Link to={`/moderate/people/${author.id}`}>{author.display_name || t("log.somebody")}</Link>
        <span className="soft small">
          {t("cases.joined")} <Ago at={author.created_at} />
        </span>
      </p>
      <Sanctions of={author} />
      <dl className={styles["figures"]}>
        {figures.map((name) => (
          <div key={name}>
            <dt>{t(`cases.figure.${name}`)}</dt>
            <dd>{countOf(author[name])}</dd>
          </div>
        ))}
      </dl>
      {author.open_cases > 1 && <p className="small">{t("cases.openCases", { count: author.open_cases })}</p>}
      <DecisionList decisions={author.decisions} onUndo={onUndo} none={t("cases.neverDecided")} />
    </Panel>
  );
}

/** What holds for them now: shut out, muted, checked twice. */
function Sanctions({ of }: { of: PersonRecord }) {
  const { t, i18n } = useTranslation("moderate");
  const until = (at: string) => ({ until: absolute(at, i18n.language) });
  const said = [
    !of.is_active && (of.banned_until ? t("cases.bannedUntil", until(of.banned_until)) : t("cases.banned")),
    of.muted_until && t("cases.mutedUntil", until(of.muted_until)),
    of.watched && t("cases.watched"),
    of.role !== "volunteer" && t(`cases.role.${of.role}`),
  ].filter((one): one is string => typeof one === "string");
  if (said.length === 0) return null;
  return (
    <ul className={styles["chips"]}>
      {said.map((one) => (
        <li key={one} className={styles["chip"]}>
          {one}
        </li>
      ))}
    </ul>
  );
}
