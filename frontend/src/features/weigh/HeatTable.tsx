import { useTranslation } from "react-i18next";
import type { HeatProps } from "./HeatPart";
import type { Cell } from "./report";
import { useSaid } from "./useSaid";
import styles from "./weigh.module.css";
import { Wide } from "@/components/Wide";
import { whole } from "./words";

/** The map's figures as a plain table. */
export function HeatTable({
  rows,
  kind,
  names,
}: HeatProps & { rows: readonly { label: string; cells: readonly Cell[] }[] }) {
  const { t, i18n } = useTranslation("weigh");
  const said = useSaid(names);
  const title = t("heat.map", { kind: t(`heat.${kind}`) });
  return (
    <Wide name={title}>
      <table className={styles["table"]}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <td />
            {rows[0]?.cells.map(({ score }) => (
              <th key={score} scope="col">
                {names.score(score)}
              </th>
            ))}
            <th scope="col">{t("messages")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row">{names.label(label)}</th>
              {cells.map((cell) => (
                <td key={cell.score}>{said.correlated(cell, kind)}</td>
              ))}
              <td>{whole(cells[0]!.n, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
