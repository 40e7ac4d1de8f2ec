import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useUnread } from "@/api/community";
import { isModerator, useMe } from "@/api/me";
import { ButtonLink } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Mark } from "@/components/Mark";
import { MutedBar } from "@/features/contest/MutedBar";
import { Outgoing } from "@/features/work/Outgoing";
import { useOnline } from "@/lib/online";
import { Foot } from "./Foot";
import { KeyHelp } from "./KeyHelp";
import styles from "./Shell.module.css";

/** What stands around every page. On a phone the navigation is at the foot, and gone while a task fills the screen. */
export function Shell({ frame, children }: { frame?: "task" | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const online = useOnline();
  return (
    <div className={`${styles["shell"]} ${frame === "task" ? styles["task"] : ""}`}>
      <a className={styles["skip"]} href="#content">
        {t("skipToContent")}
      </a>
      <header className={styles["top"]}>
        <Link className={styles["brand"]} to="/">
          <Mark size={30} />
          <span>{t("name")}</span>
        </Link>
        {me && <Navigation moderates={isModerator(me)} />}
        <div className={styles["side"]}>{me ? <Bell /> : me === null && <Doors />}</div>
      </header>
      {!online && (
        <p className={styles["offline"]} role="status">
          {t("offline")}
        </p>
      )}
      {me && <MutedBar me={me} />}
      <Outgoing />
      <main id="content" tabIndex={-1} className={styles["main"]}>
        {children}
      </main>
      <Foot me={me ?? null} />
      <KeyHelp />
    </div>
  );
}

interface Place {
  to: string;
  icon: IconName;
  words: string;
  /** What lies under another address but belongs there. */
  also?: string;
  /** Only for those who decide about other people's messages. */
  moderators?: true;
}
const PLACES: readonly Place[] = [
  { to: "/", icon: "home", words: "nav.work" },
  { to: "/trees", icon: "tree", words: "nav.trees", also: "/messages" },
  { to: "/community", icon: "people", words: "nav.community" },
  { to: "/moderate", icon: "eye", words: "nav.moderation", moderators: true },
  { to: "/me", icon: "person", words: "nav.me" },
];

function Navigation({ moderates }: { moderates: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isHere = (address: string) =>
    pathname === address || (address !== "/" && pathname.startsWith(`${address}/`));
  return (
    <nav className={styles["nav"]} aria-label={t("nav.label")}>
      <ul>
        {PLACES.filter((place) => moderates || !place.moderators).map(({ to, icon, words, also }) => (
          <li key={to}>
            <Link to={to} aria-current={isHere(to) || (also && isHere(also)) ? "page" : undefined}>
              <Icon name={icon} size={22} />
              {t(words)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Bell() {
  const { t } = useTranslation();
  const unread = useUnread().data?.unread ?? 0;
  return (
    <Link
      className={styles["bell"]}
      to="/me/news"
      aria-label={unread > 0 ? t("nav.noticesUnread", { count: unread }) : t("nav.notices")}
    >
      <Icon name="bell" size={22} />
      {unread > 0 && (
        <span className={styles["badge"]} aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </Link>
  );
}

function Doors() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  if (pathname.startsWith("/account/")) return null;
  return (
    <>
      <ButtonLink look="bare" to="/account/sign-in">
        {t("nav.signIn")}
      </ButtonLink>
      <ButtonLink look="primary" to="/account/sign-up">
        {t("nav.signUp")}
      </ButtonLink>
    </>
  );
}
