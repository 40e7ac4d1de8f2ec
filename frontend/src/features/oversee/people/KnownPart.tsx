import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { DecisionLine } from "@/components/decision/DecisionLine";
import { Ago } from "@/components/Words";
import type { Profile } from "../types";
import { Section } from "./Section";
import styles from "./person.module.css";

/** Which accounts were seen in the same network: a hint, and said to be no more. */
export function NetworksPart({ networks }: { networks: Profile["networks"] }) {
  const { t } = useTranslation("oversee");
  const shared = networks.filter((network) => network.public || network.people.length > 0);
  return (
    <Section title={t("person.networks")} hint={t("person.networksHint")}>
      {shared.length === 0 && (
        <p className="soft">{t(networks.length > 0 ? "person.noOthers" : "person.noNetworks")}</p>
      )}
      <ul className={styles["lines"]}>
        {shared.map((network, place) => (
          <li key={place}>
            <p>
              {network.public
                ? t("person.publicNetwork")
                : t("person.network", { count: network.people.length })}
            </p>
            <ul className={styles["people"]}>
              {network.people.map((one) => (
                <li key={one.id}>
                  <Link to={`/moderate/people/${one.id}`}>
                    <bdi>{one.display_name || t("people.nameless")}</bdi>
                  </Link>
                  {!one.is_active && <span className="soft small">({t("status.banned")})</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What they report, and how often they were right. */
export function ReportsPart({ of: { n, upheld } }: { of: Profile["reports_made"] }) {
  const { t } = useTranslation("oversee");
  return (
    <Section title={t("person.reports")}>
      <p className={n > 0 ? "" : "soft"}>
        {n > 0 ? t("person.reportsMade", { count: n, upheld }) : t("person.noReports")}
      </p>
    </Section>
  );
}

export function AppealsPart({ appeals }: { appeals: Profile["appeals"] }) {
  const { t } = useTranslation("oversee");
  return (
    <Section title={t("person.appeals")}>
      {appeals.length === 0 && <p className="soft">{t("person.noAppeals")}</p>}
      <ul className={styles["lines"]}>
        {appeals.map((one) => (
          <li key={one.id}>
            <p dir="auto">{one.text}</p>
            <p className="soft small">
              {t(`person.appeal.${one.outcome || "open"}`)} <Ago at={one.at} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function DecisionsPart({ decisions }: { decisions: Profile["decisions"] }) {
  const { t } = useTranslation("oversee");
  return (
    <Section title={t("person.decisions")}>
      {decisions.length === 0 && <p className="soft">{t("person.noDecisions")}</p>}
      <ul className={styles["lines"]}>
        {decisions.map((one) => (
          <li key={one.id}>
            <DecisionLine decision={one} links={one.message_id !== null} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
