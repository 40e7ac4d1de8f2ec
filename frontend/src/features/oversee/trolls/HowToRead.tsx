import { useTranslation } from "react-i18next";
import { Fold } from "../Fold";
import type { Trollboard } from "../types";
import { Whisker } from "../Whisker";
import styles from "./trolls.module.css";

/** What the figures mean, and what they are made of. */
export function HowToRead({ of }: { of: Trollboard }) {
  const { t } = useTranslation("oversee");
  return (
    <Fold title={t("trolls.how")}>
      <div className={styles["how"]}>
        <p>{t("trolls.howRate", { count: of.min_pieces })}</p>
        <Whisker of={{ rate: 0.3, low: 0.2, high: 0.45 }} />
        <p>{t("trolls.howSure")}</p>
        <p>{t("trolls.howMade")}</p>
        <ul className={styles["made"]}>
          {of.made_of.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
        <p>{t("trolls.howCareful")}</p>
      </div>
    </Fold>
  );
}
