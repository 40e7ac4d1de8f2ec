import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Count } from "@/components/Words";
import styles from "./publish.module.css";

export interface Row {
  key: string;
  name: ReactNode;
  trees?: number;
  messages: number;
}

const FEW = 10;

/** A table of counts, each with a bar as long as its share of the largest; the bar says nothing that the figure doesn't. */
export function Bars({ title, head, rows }: { title: string; head: string; rows: readonly Row[] }) {
  const { t } = useTranslation("publish");
  const [all, setAll] = useState(false);
  const largest = Math.max(...rows.map(({ messages }) => messages), 1);
  const shown = all || rows.length <= FEW + 1 ? rows : rows.slice(0, FEW);
  const withTrees = rows.some(({ trees }) => trees !== undefined);
  return (
    <div className={styles["bars"]}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {withTrees && <th scope="col">{t("count.trees")}</th>}
            <th scope="col">{t("count.messages")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, name, trees, messages }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                <span className={styles["rail"]} aria-hidden="true">
                  <span style={{ inlineSize: `${(100 * messages) / largest}%` }} />
                </span>
              </th>
              {withTrees && <td>{trees !== undefined && <Count of={trees} />}</td>}
              <td>
                <Count of={messages} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <Button look="bare" onClick={() => setAll(true)}>
          {t("showAll", { count: rows.length })}
        </Button>
      )}
    </div>
  );
}
