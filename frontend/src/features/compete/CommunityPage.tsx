import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useBoard, usePoints, type Board, type Period } from "@/api/community";
import { useMe } from "@/api/me";
import { ButtonLink } from "@/components/Button";
import { Select } from "@/components/Field";
import { Card, Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { Count, LanguageName } from "@/components/Words";
import switches from "@/components/Switch.module.css";
import { BadgeList } from "./BadgeList";
import { rowsOf } from "./board";
import styles from "./CommunityPage.module.css";
import { StandingPart } from "./StandingPart";

const PERIODS: readonly Period[] = ["day", "week", "month", "all"];

/** Boards by period and language with my own place always in sight, the goal of all, and my badges. */
export default function CommunityPage() {
  const { t } = useTranslation("compete");
  const points = usePoints();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      width="wide"
      actions={
        <ButtonLink icon="info" to="/community/formula">
          {t("formula")}
        </ButtonLink>
      }
    >
      <StandingPart />
      <BoardPart />
      {points.data && (
        <section className={styles["section"]}>
          <h2>{t("badges")}</h2>
          <BadgeList badges={points.data.badges} />
        </section>
      )}
    </Page>
  );
}

function BoardPart() {
  const { t } = useTranslation("compete");
  const { data: me } = useMe();
  const [query, setQuery] = useSearchParams();
  const period = PERIODS.find((one) => one === query.get("period")) ?? "week";
  const lang = query.get("lang") ?? "";
  const board = useBoard(period, lang);
  const address = (next: Period) => {
    const changed = new URLSearchParams(query);
    changed.set("period", next);
    return `?${changed.toString()}`;
  };
  const choose = (next: string) => {
    const changed = new URLSearchParams(query);
    if (next) changed.set("lang", next);
    else changed.delete("lang");
    setQuery(changed, { replace: true });
  };
  const langs = [
    ...new Set([...(me?.languages ?? []), ...(me?.writing_languages ?? []), ...(lang ? [lang] : [])]),
  ];
  return (
    <section className={styles["section"]}>
      <h2>{t("boards")}</h2>
      <div className={styles["controls"]}>
        <nav className={switches["switch"]} aria-label={t("period")}>
          {PERIODS.map((one) => (
            <Link key={one} to={address(one)} replace aria-current={one === period ? "true" : undefined}>
              {t(`periods.${one}`)}
            </Link>
          ))}
        </nav>
        <Select label={t("language")} value={lang} onChange={(event) => choose(event.target.value)}>
          <option value="">{t("allLanguages")}</option>
          {langs.map((tag) => (
            <option key={tag} value={tag}>
              {<LanguageName tag={tag} />}
            </option>
          ))}
        </Select>
      </div>
      {board.error && <Trouble error={board.error} retry={() => void board.refetch()} />}
      {board.isPending && <Loading lines={6} />}
      {board.data && <BoardTable board={board.data} />}
      <p className="soft small">
        {t("optOut")} <Link to="/me/settings#boards">{t("optOutLink")}</Link>
      </p>
    </section>
  );
}

function BoardTable({ board }: { board: Board }) {
  const { t, i18n } = useTranslation("compete");
  const rows = rowsOf(board);
  if (rows.length === 0) return <Empty title={t("boardEmpty")}>{t("boardEmptyHelp")}</Empty>;
  return (
    <Card as="div">
      <table className={styles["board"]}>
        <caption className="visually-hidden">{t("boards")}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles["place"]}>
              {t("place")}
            </th>
            <th scope="col">{t("name")}</th>
            <th scope="col" className={styles["number"]}>
              {t("points")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) =>
            row === "gap" ? (
              <tr key="gap" className={styles["gap"]} aria-hidden="true">
                <td colSpan={3}>…</td>
              </tr>
            ) : (
              <tr key={row.person_id} className={row.is_me ? styles["mine"] : undefined}>
                <td>
                  <Count of={row.place} />
                </td>
                <td className={styles["name"]}>
                  <bdi>{row.display_name || t("nameless")}</bdi> {row.is_me && t("thatIsYou")}
                </td>
                <td className={styles["number"]}>
                  <Count of={row.points} />
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      {board.me && !rows.some((row) => row !== "gap" && row.is_me) && (
        <p>
          {t("myPlace", {
            place: board.me.place,
            points: new Intl.NumberFormat(i18n.language).format(board.me.points),
          })}
        </p>
      )}
    </Card>
  );
}
