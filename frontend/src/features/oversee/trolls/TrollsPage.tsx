import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, data as dataOf } from "@/api/client";
import { CheckBox } from "@/components/Field";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Empty, Loading, Trouble } from "@/components/States";
import switches from "@/components/Switch.module.css";
import { useHotkeys } from "@/lib/hotkeys";
import { Frame } from "../Frame";
import { TROLLS } from "../keys";
import type { Trollboard } from "../types";
import { asAddress, useAddress } from "../useAddress";
import { HowToRead } from "./HowToRead";
import { Row } from "./Row";
import styles from "./trolls.module.css";

const PERIODS = ["day", "week", "month", "total"] as const;
const BEGINNING = { period: "week", banned: "" };

/** Whose work goes wrong most often, with how sure that is. */
export default function TrollsPage() {
  return (
    <ForModerators>
      <Trolls />
    </ForModerators>
  );
}

function Trolls() {
  const { t } = useTranslation("oversee");
  const [asked, change] = useAddress(BEGINNING);
  const period = PERIODS.find((one) => one === asked.period) ?? "week";
  const { data, error, refetch, isPending, isPlaceholderData } = useQuery({
    queryKey: [...TROLLS, period, asked.banned],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET("/api/v1/moderation/trollboard", {
          params: { query: { period, banned: asked.banned !== "" } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  useHotkeys(
    PERIODS.map((one, place) => ({
      keys: String(place + 1),
      label: t("trolls.periods.keys"),
      run: () => change({ period: one }),
    })),
  );
  return (
    <Frame title={t("trolls.title")} lead={t("trolls.lead")}>
      <div className={styles["line"]}>
        <nav className={switches["switch"]} aria-label={t("trolls.period")}>
          {PERIODS.map((one) => (
            <Link
              key={one}
              to={{ search: asAddress({ ...asked, period: one }, BEGINNING).toString() }}
              replace
              aria-current={one === period ? "true" : undefined}
            >
              {t(`trolls.periods.${one}`)}
            </Link>
          ))}
        </nav>
        <CheckBox
          label={t("trolls.banned")}
          checked={asked.banned !== ""}
          onChange={(event) => change({ banned: event.target.checked ? "true" : "" })}
        />
      </div>
      {isPending && <Loading lines={6} />}
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {data && <Board of={data} old={isPlaceholderData} />}
    </Frame>
  );
}

function Board({ of, old }: { of: Trollboard; old: boolean }) {
  const { t } = useTranslation("oversee");
  return (
    <>
      <HowToRead of={of} />
      {of.rows.length === 0 && (
        <Empty title={t("trolls.nobody")}>{t("trolls.nobodyHelp", { count: of.min_pieces })}</Empty>
      )}
      <ol className={`${styles["rows"]} ${old ? styles["old"] : ""}`} aria-busy={old}>
        {of.rows.map((row, place) => (
          <li key={row.person.id}>
            <Row row={row} place={place + 1} />
          </li>
        ))}
      </ol>
    </>
  );
}
