import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NO_ANSWER, problemOf } from "@/api/problems";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import { Mark } from "./Mark";
import styles from "./States.module.css";

/** Nothing here (yet): why, and what to do about it. `alone`: it is the whole page, and its title the page's heading. */
export function Empty({
  title,
  children,
  action,
  alone = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  alone?: boolean;
}) {
  const Heading = alone ? "h1" : "h2";
  return (
    <div className={styles["empty"]}>
      <Mark size={48} />
      <Heading>{title}</Heading>
      {children && <div>{children}</div>}
      {action}
    </div>
  );
}

/** Bars where words will be. Announced once, politely. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles["skeleton"]} role="status">
      <span className="visually-hidden">{t("loading")}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div className={styles["bar"]} key={line} />
      ))}
    </div>
  );
}

type Tone = "info" | "warn" | "bad" | "good";
const ICONS: Record<Tone, IconName> = { info: "info", warn: "warn", bad: "warn", good: "check" };

/** A remark in the flow of the page. */
export function Note({
  tone = "info",
  title,
  children,
  actions,
  live = false,
}: {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  live?: boolean;
}) {
  return (
    <div
      className={`${styles["note"]} ${tone === "info" ? "" : styles[tone]}`}
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
    >
      <Icon name={ICONS[tone]} />
      <div>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
        {actions && <div className={styles["noteActions"]}>{actions}</div>}
      </div>
    </div>
  );
}

/** What went wrong, in the server's own words, what to do, and a way to try again. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  const away = problem.code === NO_ANSWER;
  return (
    <Note
      tone="bad"
      live
      title={away ? t("trouble.noAnswer") : problem.detail || problem.title || t("trouble.unknown")}
      actions={
        retry && (
          <Button icon="undo" onClick={retry}>
            {t("trouble.retry")}
          </Button>
        )
      }
    >
      {away ? t("trouble.noAnswerHelp") : problem.remedy}
    </Note>
  );
}

/** How far along something is, from 0 to 1. `label` says it in words. */
export function Meter({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      className={styles["meter"]}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ inlineSize: `${percent}%` }} />
    </div>
  );
}
