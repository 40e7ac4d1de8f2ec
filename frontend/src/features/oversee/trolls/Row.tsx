import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Count } from "@/components/Words";
import { percent } from "../figures";
import { Parts } from "../Parts";
import { StandingChip } from "../StatusChips";
import type { Troll } from "../types";
import { ShareWords, Whisker } from "../Whisker";
import styles from "./trolls.module.css";

/** One person: how often their work goes wrong, how sure that is, and what it is made of. */
export function Row({ row, place }: { row: Troll; place: number }) {
  const { t, i18n } = useTranslation("oversee");
  const { person } = row;
  const name = person.display_name || t("people.nameless");
  return (
    <article className={styles["row"]}>
      <span className={styles["place"]} aria-hidden="true">
        <Count of={place} />
      </span>
      <div className={styles["who"]}>
        <h2>
          <Link to={`/moderate/people/${person.id}`}>
            <bdi>{name}</bdi>
          </Link>
        </h2>
        {row.status !== "enabled" && <StandingChip of={row.status} />}
      </div>
      <div className={styles["rate"]}>
        <p>
          <strong>{percent(row.rate, i18n.language)}</strong>{" "}
          <span className="small">
            <ShareWords good={row.bad} of={{ ...row, n: row.pieces }} />
          </span>
        </p>
        <Whisker of={row} />
      </div>
      <Parts of={row.parts} />
      <Link className={styles["remove"]} to={`/moderate/bulk?person=${person.id}`}>
        {t("trolls.deleteTheirs")}
        <span className="visually-hidden"> ({name})</span>
      </Link>
    </article>
  );
}
