import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import styles from "./Places.module.css";

/** The pages that moderators have. */
export function Places() {
  const { t } = useTranslation("moderate");
  return (
    <nav className={styles["places"]} aria-label={t("pages")}>
      <NavLink to="/moderate/toxicity">{t("toLookAt")}</NavLink>
      <NavLink to="/moderate/set-aside">{t("setAside.short")}</NavLink>
      <NavLink to="/toxicity">{t("report")}</NavLink>
    </nav>
  );
}
