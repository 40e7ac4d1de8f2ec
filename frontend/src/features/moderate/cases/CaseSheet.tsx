import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ButtonLink } from "@/components/Button";
import { RoleMark } from "@/components/Mark";
import { Note } from "@/components/States";
import { Ago } from "@/components/Words";
import { relative } from "@/lib/time";
import { AppealPart, PurgePart } from "./AppealPart";
import { AuthorPart } from "./AuthorPart";
import styles from "./cases.module.css";
import { DecisionList } from "./DecisionList";
import { Remarks, Reviews, Revisions, Scores } from "./Judged";
import { Panel } from "./Panel";
import { Reports } from "./Reports";
import { ThreadPart } from "./ThreadPart";
import type { Case, CaseMessage } from "./types";
import { useNames } from "./useNames";
import { Why } from "./Why";

interface Props {
  one: Case;
  /** Take an earlier decision back. */
  onUndo: (decision: string) => void;
}

/** One case with all that a decision needs: why it is here, the words in their place, what is known of them. */
export function CaseSheet({ one, onUndo }: Props) {
  const { message, appeal, purge } = one;
  const person = one.author ?? one.person_record;
  return (
    <article className={styles["sheet"]} aria-labelledby="case-heading">
      <Head one={one} />
      <Standing one={one} />
      {/* Of these the heading says it. */}
      {!appeal && !purge && <Why one={one} />}
      {appeal && <AppealPart appeal={appeal} />}
      {purge && <PurgePart purge={purge} />}
      {one.thread.length > 0 && <ThreadPart one={one} />}
      <div className={styles["panels"]}>
        {message && <AboutMessage message={message} onUndo={onUndo} />}
        {person && <AuthorPart author={person} onUndo={onUndo} />}
      </div>
    </article>
  );
}

/** What is known of the message itself. */
function AboutMessage({ message, onUndo }: { message: CaseMessage; onUndo: Props["onUndo"] }) {
  const { t } = useTranslation("moderate");
  return (
    <>
      <Reports reports={message.reports} />
      <Scores message={message} />
      <Reviews message={message} />
      <Remarks message={message} />
      <Revisions message={message} />
      {message.decisions.length > 0 && (
        <Panel title={t("cases.earlier")}>
          <DecisionList decisions={message.decisions} onUndo={onUndo} none="" />
        </Panel>
      )}
    </>
  );
}

function Head({ one }: { one: Case }) {
  const { t } = useTranslation("moderate");
  const { message } = one;
  const heading = useArrival();
  return (
    <header className={styles["head"]}>
      {message && <RoleMark role={message.role} size={24} />}
      <h2 id="case-heading" ref={heading} tabIndex={-1}>
        <Title one={one} />
      </h2>
      <span className="soft small">
        {t("cases.since")} <Ago at={one.opened_at} />
      </span>
      <Open one={one} />
    </header>
  );
}

/** The conversation, or the whole profile of whom it is about; in another tab, so that the case stays at hand. */
function Open({ one: { message, person } }: { one: Case }) {
  const { t } = useTranslation("moderate");
  if (!message && !person) return null;
  return (
    <ButtonLink
      look="bare"
      icon={message ? "tree" : "person"}
      className={styles["open"]}
      to={message ? `/trees/${message.tree_id}?message=${message.id}` : `/moderate/people/${person?.id}`}
      target="_blank"
      rel="noopener"
      data-open
      aria-label={t(message ? "open" : "cases.profile")}
    >
      {t(message ? "openShort" : "cases.profileShort")}
    </ButtonLink>
  );
}

/** What it is about, in a few words. */
function Title({ one: { subject, message, person, lang } }: { one: Case }): ReactNode {
  const { t } = useTranslation("moderate");
  const { languageOf } = useNames();
  if (subject !== "message") return t(`cases.heading.${subject}`, { name: person?.display_name ?? "" });
  return t(`cases.heading.${message?.role ?? "prompter"}`, { language: languageOf(message?.lang ?? lang) });
}

/** Whose hands it is in, or what became of it. */
function Standing({ one }: { one: Case }) {
  const { t, i18n } = useTranslation("moderate");
  if (one.closed_at) {
    return (
      <Note
        tone="good"
        title={one.closed_by ? t("cases.closedBy", { name: one.closed_by.display_name }) : t("cases.settled")}
      >
        <Ago at={one.closed_at} /> · <Link to="/moderate">{t("cases.toQueue")}</Link>
      </Note>
    );
  }
  if (one.mine || !one.claimed_by || !one.claimed_until) return null;
  return (
    <Note tone="warn" title={t("cases.inOtherHands", { name: one.claimed_by.display_name })}>
      {t("cases.freeAgain", { when: relative(one.claimed_until, i18n.language) })}
    </Note>
  );
}

/**
 * When another case comes, it is read from its beginning, and named to those who listen; while a dialog is open, as
 * soon as it closes (the next case often comes while the one before is still being decided).
 */
function useArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const arrive = () => {
      heading.current?.focus({ preventScroll: true });
      const top = heading.current?.getBoundingClientRect().top ?? 0;
      if (top < 0 || top > window.innerHeight / 2) heading.current?.scrollIntoView({ block: "start" });
    };
    const dialog = document.querySelector("dialog[open]");
    if (!dialog) return arrive();
    dialog.addEventListener("close", arrive, { once: true });
    return () => dialog.removeEventListener("close", arrive);
  }, []);
  return heading;
}
