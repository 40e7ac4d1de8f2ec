import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Ago } from "@/components/Words";
import styles from "./cases.module.css";
import { Panel } from "./Panel";
import type { CaseReport } from "./types";
import { useNames } from "./useNames";

/** Reports with the same reason together, the reason that was given most often first. */
export function grouped(
  reports: readonly CaseReport[],
): { reason: string; text: string; reports: CaseReport[] }[] {
  const groups = new Map<string, CaseReport[]>();
  for (const report of reports) groups.set(report.reason, [...(groups.get(report.reason) ?? []), report]);
  return [...groups]
    .map(([reason, among]) => ({ reason, text: among[0]!.reason_text, reports: among }))
    .sort((one, other) => other.reports.length - one.reports.length);
}

/** Who reported it, and what they said. */
export function Reports({ reports }: { reports: readonly CaseReport[] }) {
  const { t } = useTranslation("moderate");
  const { countOf } = useNames();
  if (reports.length === 0) return null;
  return (
    <Panel title={t("cases.reports", { count: reports.length })}>
      <ul className={styles["entries"]}>
        {grouped(reports).map((group) => (
          <li key={group.reason}>
            <p>
              <strong>{group.text}</strong>
              {group.reports.length > 1 && ` × ${countOf(group.reports.length)}`}
            </p>
            <ul>
              {group.reports.map((report) => (
                <li key={report.id} className="small">
                  {report.note && <q dir="auto">{report.note}</q>}{" "}
                  <span className="soft">
                    <Link to={`/moderate/people/${report.by.id}`}>{report.by.display_name}</Link>{" "}
                    <Ago at={report.at} />
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
