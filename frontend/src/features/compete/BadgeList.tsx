import { useTranslation } from "react-i18next";
import type { Points } from "@/api/community";
import { Icon } from "@/components/Icon";
import { Meter } from "@/components/States";
import { Ago } from "@/components/Words";
import styles from "./CommunityPage.module.css";

/** Earned ones first, then those nearest to being earned. */
export function BadgeList({ badges }: { badges: Points["badges"] }) {
  const { t } = useTranslation("compete");
  const near = (one: Points["badges"][number]) =>
    one.earned_at ? 2 : one.progress.done / Math.max(1, one.progress.target);
  return (
    <ul className={styles["badges"]}>
      {[...badges]
        .sort((a, b) => near(b) - near(a))
        .map((badge) => (
          <li key={badge.code} className={`${styles["badge"]} ${badge.earned_at ? styles["earned"] : ""}`}>
            <Icon name="star" size={36} />
            <strong>{badge.title}</strong>
            <span className="soft small">{badge.help}</span>
            {badge.earned_at ? (
              <span className="small">
                {t("earned")} <Ago at={badge.earned_at} />
              </span>
            ) : (
              <Meter
                value={badge.progress.done / Math.max(1, badge.progress.target)}
                label={t("badgeProgress", { done: badge.progress.done, target: badge.progress.target })}
              />
            )}
          </li>
        ))}
    </ul>
  );
}
