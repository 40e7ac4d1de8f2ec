import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/Page";
import { Wide } from "@/components/Wide";
import { Count, LanguageName } from "@/components/Words";
import styles from "./intake.module.css";
import { atWork, ranked } from "./progress";
import type { Import } from "./types";

/** What became of the file, or would. */
export function ReportPart({ run }: { run: Import }) {
  const { t } = useTranslation("intake");
  const { report, dry_run } = run;
  const { trees } = report;
  const always: readonly (readonly [string, number])[] = [
    [dry_run ? "takenWould" : "taken", trees.taken],
    ["messages", report.messages],
    ["refused", report.refused],
  ];
  const some = [
    ["there", trees.there],
    ["extended", trees.joined],
    ["twice", trees.twice],
    ["joined", report.joined],
    ["repeated", report.repeated],
    ["repaired", report.repaired],
  ] as const;
  const heading = atWork(run.state) ? "report.far" : dry_run ? "report.would" : "report.title";
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="report">
      <h2 id="report">{t(heading)}</h2>
      <dl className={styles["figures"]}>
        {[...always, ...some.filter(([, number]) => number > 0)].map(([what, number]) => (
          <div key={what}>
            <dt>{t(`report.${what}`)}</dt>
            <dd>
              <Count of={number} />
            </dd>
          </div>
        ))}
      </dl>
      <Reasons title={t("report.whyRefused")} head={t("report.reason")} of={report.refused_by_code} />
      <Reasons title={t("report.whyRepaired")} head={t("report.reason")} of={report.repaired_by_code} />
      {Object.keys(report.langs).length > 1 && (
        <Reasons
          title={t("report.langs")}
          head={t("report.lang")}
          of={report.langs}
          name={(tag) => <LanguageName tag={tag} />}
        />
      )}
      <Reasons
        title={t("report.unknown")}
        lead={t("report.unknownHint")}
        head={t("report.field")}
        of={report.unknown_fields}
      />
      {report.notes.length > 0 && (
        <section className={styles["part"]}>
          <h3>{t("report.notes")}</h3>
          <ul className={styles["plain"]}>
            {report.notes.map((note) => (
              <li key={note.text}>
                {note.text} <Count of={note.number} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Card>
  );
}

interface Reasoned {
  title: string;
  lead?: string;
  /** What the names in the first column are. */
  head: string;
  of: Readonly<Record<string, number>>;
  name?: (code: string) => ReactNode;
}

/** Numbers by name behind a press. Nothing where there are none. */
function Reasons({ title, lead, head, of, name }: Reasoned) {
  const { t } = useTranslation("intake");
  const rows = ranked(of);
  if (rows.length === 0) return null;
  return (
    <details className={styles["fold"]}>
      <summary>{title}</summary>
      <div className={styles["part"]}>
        {lead && <p className="soft">{lead}</p>}
        <Wide name={title}>
          <table className={styles["table"]}>
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{head}</th>
                <th scope="col">{t("report.number")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([code, number]) => (
                <tr key={code}>
                  <th scope="row">{name ? name(code) : <code>{code}</code>}</th>
                  <td>
                    <Count of={number} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </div>
    </details>
  );
}
