import { useTranslation } from "react-i18next";
import { Wide } from "@/components/Wide";
import { Count } from "@/components/Words";
import { Fold } from "../Fold";
import { ceiling } from "../figures";
import type { Week } from "../types";
import { Section } from "./Section";
import styles from "./person.module.css";

const KINDS = ["messages", "reviews", "rankings"] as const;
type Kind = (typeof KINDS)[number];

/** What they did in each week of half a year: three rows of bars, and the same as a table. */
export function ActivityPart({ weeks }: { weeks: readonly Week[] }) {
  const { t } = useTranslation("oversee");
  const any = weeks.some((week) => KINDS.some((kind) => week[kind] > 0));
  return (
    <Section title={t("person.activity")}>
      {!any && <p className="soft">{t("person.noActivity")}</p>}
      {any && (
        <>
          <div className={styles["rows"]}>
            {KINDS.map((kind) => (
              <Bars key={kind} kind={kind} weeks={weeks} />
            ))}
          </div>
          <Fold title={t("person.asTable")}>
            <Table weeks={weeks} />
          </Fold>
        </>
      )}
    </Section>
  );
}

const STEP = 10;
const TALL = 44;

/** One kind of work, a bar a week. What it says is said in its name, too. */
function Bars({ kind, weeks }: { kind: Kind; weeks: readonly Week[] }) {
  const { t } = useTranslation("oversee");
  const counts = weeks.map((week) => week[kind]);
  const most = Math.max(...counts);
  const top = ceiling(most);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return (
    <figure className={styles["bars"]}>
      <figcaption>
        <strong>{t(`person.kind.${kind}`)}</strong> <Count of={all} />
      </figcaption>
      <svg
        className="mirrored"
        viewBox={`0 0 ${weeks.length * STEP} ${TALL}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("person.barsLabel", { kind: t(`person.kind.${kind}`), all, most, count: weeks.length })}
      >
        {counts.map((count, place) => {
          const high = (count / top) * (TALL - 2);
          return (
            <rect
              key={weeks[place]!.week}
              x={place * STEP + 1}
              y={TALL - high}
              width={STEP - 2}
              height={high}
              className={styles["bar"]}
            />
          );
        })}
        <path className={styles["ground"]} d={`M0 ${TALL - 0.5}H${weeks.length * STEP}`} />
      </svg>
      {most > 0 && <span className="soft small">{t("person.most", { count: most })}</span>}
    </figure>
  );
}

function Table({ weeks }: { weeks: readonly Week[] }) {
  const { t, i18n } = useTranslation("oversee");
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <Wide name={t("person.activity")}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("person.week")}</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col" className={styles["number"]}>
                {t(`person.kind.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map((week) => (
            <tr key={week.week}>
              <th scope="row">{day.format(new Date(week.week))}</th>
              {KINDS.map((kind) => (
                <td key={kind} className={styles["number"]}>
                  <Count of={week[kind]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
