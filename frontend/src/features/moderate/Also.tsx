import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import styles from "./moderate.module.css";

/** Pages beside the list of what is toxic. */
export function Also() {
  const { t } = useTranslation("moderate");
  return (
    <nav className={styles["also"]} aria-label={t("also")}>
      <NavLink to="/moderate/set-aside">{t("setAside.short")}</NavLink>
      <NavLink to="/toxicity">{t("report")}</NavLink>
    </nav>
  );
}
