import { useTranslation } from "react-i18next";
import { absolute } from "@/lib/time";
import styles from "./oversee.module.css";
import type { Standing, Status } from "./types";

/** What is out of the ordinary about an account: shut out, muted, checked twice. Nothing where nothing is. */
export function StatusChips({ of, quiet = false }: { of: Partial<Status>; quiet?: boolean }) {
  const { t, i18n } = useTranslation("oversee");
  const day = (at: string) => absolute(at, i18n.language);
  const said: [string, string][] = [];
  if (of.is_active === false) {
    const until = of.banned_until;
    said.push(["bad", until ? t("status.bannedUntil", { when: day(until) }) : t("status.banned")]);
  }
  if (of.muted_until) said.push(["warn", t("status.mutedUntil", { when: day(of.muted_until) })]);
  if (of.watched) said.push(["note", t("status.watched")]);
  if (said.length === 0) return quiet ? null : <span className="soft">{t("status.enabled")}</span>;
  return (
    <ul className={styles["chips"]} aria-label={t("status.label")}>
      {said.map(([tone, words]) => (
        <li key={tone} className={styles[tone]}>
          {words}
        </li>
      ))}
    </ul>
  );
}

const TONES = { enabled: "note", watched: "note", muted: "warn", banned: "bad" } as const;

/** How somebody stands, in a word. */
export function StandingChip({ of }: { of: Standing }) {
  const { t } = useTranslation("oversee");
  return (
    <p className={styles["chips"]}>
      <span className={styles[TONES[of]]}>{t(`status.${of}`)}</span>
    </p>
  );
}
