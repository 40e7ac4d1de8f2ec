import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { Card } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { Ago, Count } from "@/components/Words";
import styles from "./appeals.module.css";

type Figures = Schemas["AppealFigures"];

/** What becomes of appeals, for administrators: how many are granted, how fast, and whose decisions. */
export function FiguresPart() {
  const { t } = useTranslation("moderate");
  const found = useQuery({
    queryKey: ["moderation", "appeals", "figures"],
    queryFn: ({ signal }) => data(api.GET("/api/v1/moderation/appeals/figures", { signal })),
  });
  return (
    <Card className={styles["figures"] ?? ""} aria-label={t("appeals.figures")}>
      <h2>{t("appeals.figures")}</h2>
      {found.isPending && <Loading />}
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Numbers of={found.data} />}
    </Card>
  );
}

function Numbers({ of }: { of: Figures }) {
  const { t } = useTranslation("moderate");
  return (
    <>
      <dl className={styles["numbers"]}>
        <div>
          <dt>{t("appeals.figure.open")}</dt>
          <dd>
            <Count of={of.open} />
            {of.oldest_open_at && (
              <span className="soft small">
                {" "}
                {t("appeals.figure.oldest")} <Ago at={of.oldest_open_at} />
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("appeals.figure.decided")}</dt>
          <dd>
            <Count of={of.decided} />
          </dd>
        </div>
        <Share of={of} />
        {of.median_hours !== null && (
          <div>
            <dt>{t("appeals.figure.hours")}</dt>
            <dd>{t("appeals.hours", { count: Math.round(of.median_hours * 10) / 10 })}</dd>
          </div>
        )}
      </dl>
      <Table
        title={t("appeals.byModerator")}
        head={t("appeals.column.moderator")}
        rows={of.by_moderator.map(({ person, ...rest }) => ({
          ...rest,
          key: person?.id ?? "system",
          name: person?.display_name ?? t("log.system"),
        }))}
      />
      <Table
        title={t("appeals.byVerb")}
        head={t("appeals.column.verb")}
        rows={of.by_verb.map(({ verb, decisions, appealed, granted }) => ({
          decisions,
          appealed,
          granted,
          key: verb,
          name: t(`log.verb.${verb}`),
        }))}
      />
    </>
  );
}

/** A share of few says little: how little is said with it. */
function Share({
  of: { granted, granted_share: share, granted_low: low, granted_high: high },
}: {
  of: Figures;
}) {
  const { t, i18n } = useTranslation("moderate");
  if (share === null || low === null || high === null) return null;
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <div>
      <dt>{t("appeals.figure.granted")}</dt>
      <dd>
        <Count of={granted} />{" "}
        <span className="soft small">
          {t("appeals.between", {
            share: percent.format(share),
            low: percent.format(low),
            high: percent.format(high),
          })}
        </span>
      </dd>
    </div>
  );
}

interface TableProps {
  title: string;
  head: string;
  rows: readonly { key: string; name: string; decisions: number; appealed: number; granted: number }[];
}

function Table({ title, head, rows }: TableProps) {
  const { t } = useTranslation("moderate");
  if (rows.length === 0) return null;
  return (
    <table className={styles["table"]}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{t("appeals.column.decisions")}</th>
          <th scope="col">{t("appeals.column.appealed")}</th>
          <th scope="col">{t("appeals.column.granted")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              <bdi>{row.name}</bdi>
            </th>
            <td>
              <Count of={row.decisions} />
            </td>
            <td>
              <Count of={row.appealed} />
            </td>
            <td>
              <Count of={row.granted} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
