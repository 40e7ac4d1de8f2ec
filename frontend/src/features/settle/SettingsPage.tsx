import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { useMe, type Me } from "@/api/me";
import { Page } from "@/components/Page";
import { AccountPart } from "./AccountPart";
import { LanguagesPart } from "./LanguagesPart";
import { LeavePart } from "./LeavePart";
import { LooksPart } from "./LooksPart";
import { NoticesPart } from "./NoticesPart";
import { PrivacyPart } from "./PrivacyPart";
import { ProfilePart } from "./ProfilePart";
import styles from "./settle.module.css";
import { TokensPart } from "./TokensPart";

const PARTS = ["profile", "languages", "looks", "notices", "account", "privacy", "tokens", "leave"] as const;

/** Everything one can change of oneself, on one page; each part keeps itself. */
export default function SettingsPage() {
  const { t } = useTranslation("settle");
  const { data: me } = useMe();
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <div className={styles["layout"]}>
        <nav className={styles["contents"]} aria-label={t("contents")}>
          <ul>
            {PARTS.map((part) => (
              <li key={part}>
                <a href={`#${part}`}>{t(`${part}.title`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        {me && <Parts me={me} />}
      </div>
    </Page>
  );
}

function Parts({ me }: { me: Me }) {
  useAnchor();
  return (
    <div className={styles["parts"]}>
      <ProfilePart me={me} />
      <LanguagesPart me={me} />
      <LooksPart me={me} />
      <NoticesPart />
      <AccountPart />
      <PrivacyPart me={me} />
      <TokensPart me={me} />
      <LeavePart />
    </div>
  );
}

/** The browser looks for the anchor before the page is there. */
function useAnchor() {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (!hash) return;
    const part = document.getElementById(hash.slice(1));
    part?.scrollIntoView();
    part?.focus({ preventScroll: true });
  }, [hash, key]);
}
