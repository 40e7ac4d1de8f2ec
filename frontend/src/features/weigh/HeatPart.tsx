import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import switches from "@/components/Switch.module.css";
import { HeatMap } from "./HeatMap";
import { HeatTable } from "./HeatTable";
import { Legend } from "./Legend";
import { Reading } from "./Reading";
import { rowsOf, type Cell, type Kind } from "./report";
import type { Names } from "./useNames";
import styles from "./weigh.module.css";

const KINDS: readonly Kind[] = ["pearson", "spearman"];

export interface HeatProps {
  cells: readonly Cell[];
  kind: Kind;
  /** Fewer messages than this are too few. */
  least: number;
  confidence: number;
  names: Names;
}

/** Every label against every score: as a map to look over, or as a table to read. */
export function HeatPart({ address, ...heat }: HeatProps & { address: (kind: Kind) => string }) {
  const { t } = useTranslation("weigh");
  const [asTable, setAsTable] = useState(false);
  const [chosen, choose] = useState<{ label: string; score: string } | null>(null);
  const rows = rowsOf(heat.cells);
  const shown = heat.cells.find((cell) => cell.label === chosen?.label && cell.score === chosen.score);
  return (
    <section className={styles["part"]} aria-labelledby="agree">
      <h2 id="agree">{t("heat.title")}</h2>
      <p className="soft">{t("heat.lead")}</p>
      <div className={styles["controls"]}>
        <nav className={switches["switch"]} aria-label={t("heat.kind")}>
          {KINDS.map((one) => (
            <Link
              key={one}
              to={address(one)}
              replace
              preventScrollReset
              aria-current={one === heat.kind ? "true" : undefined}
            >
              {t(`heat.${one}`)}
            </Link>
          ))}
        </nav>
        <Button icon={asTable ? "grip" : "list"} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? "heat.asMap" : "heat.asTable")}
        </Button>
      </div>
      {asTable ? (
        <HeatTable rows={rows} {...heat} />
      ) : (
        <div className={styles["beside"]}>
          <div className={styles["aside"]}>
            <Reading cell={shown ?? null} {...heat} />
            <Legend least={heat.least} />
          </div>
          <HeatMap rows={rows} shown={shown ?? null} choose={choose} {...heat} />
        </div>
      )}
    </section>
  );
}
