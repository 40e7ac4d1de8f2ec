import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import styles from "./Places.module.css";

const PLACES = [
  "queue", "toxicity", "people", "trolls", "bulk", "appeals", "log", "releases", "imports", "health", "policy",
] as const; // prettier-ignore

/** The pages that moderators have, in one row; where it is too narrow for them, the row scrolls. */
export function Places() {
  const { t } = useTranslation("moderate");
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current='page']");
    // Only the row itself moves, never the page.
    if (row.current && here)
      row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2;
  }, []);
  return (
    <nav ref={row} className={styles["places"]} aria-label={t("pages")}>
      {PLACES.map((place) => (
        <NavLink
          key={place}
          to={place === "queue" ? "/moderate" : `/moderate/${place}`}
          end={place === "queue"}
        >
          {t(`places.${place}`)}
        </NavLink>
      ))}
    </nav>
  );
}
