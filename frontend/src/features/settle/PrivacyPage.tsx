import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/me";
import { Page } from "@/components/Page";
import styles from "./settle.module.css";

const PARTS = ["kept", "why", "seen", "published", "browser", "back"] as const;

/** What is kept, why, who sees it, and how to take it back. */
export default function PrivacyPage() {
  const { t } = useTranslation("settle");
  const { data: me } = useMe();
  return (
    <Page title={t("policy.title")} lead={t("policy.lead")}>
      <div className={`reading ${styles["text"]}`}>
        {PARTS.map((part) => (
          <section key={part} className={styles["text"]}>
            <h2>{t(`policy.${part}.title`)}</h2>
            <ul>
              {[t(`policy.${part}.points`, { returnObjects: true }) as string[]].flat().map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={styles["row"]}>
        <Link to="/terms">{t("policy.terms")}</Link>
        <Link to="/datasets">{t("publish:title")}</Link>
        <Link to="/toxicity">{t("weigh:title")}</Link>
        {me && <Link to="/me/settings#privacy">{t("policy.settings")}</Link>}
      </p>
    </Page>
  );
}
