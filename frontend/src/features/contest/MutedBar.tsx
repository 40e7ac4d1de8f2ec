import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Me } from "@/api/me";
import { Day } from "@/components/Words";
import { serverNow } from "@/lib/clock";
import styles from "./contest.module.css";

/** Says on every page that somebody may read and not write, until when, and where it says why. */
export function MutedBar({ me }: { me: Me }) {
  const { t } = useTranslation("contest");
  const until = me.muted_until;
  if (!until || new Date(until).getTime() <= serverNow()) return null;
  return (
    <p className={styles["muted"]} role="status">
      <Trans t={t} i18nKey="muted" components={[<Day key="until" at={until} />]} />{" "}
      <Link to="/me/decisions">{t("mutedWhy")}</Link>
    </p>
  );
}
