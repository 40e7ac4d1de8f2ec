import { useTranslation } from "react-i18next";
import { Count, LanguageName } from "@/components/Words";
import { Bars, type Row } from "./Bars";
import { Part } from "./Part";
import styles from "./publish.module.css";
import type { Numbers } from "./types";

const most = (rows: Row[]) => rows.toSorted((one, other) => other.messages - one.messages);

/** What is in it, counted. */
export function FiguresPart({ numbers }: { numbers: Numbers }) {
  const { t } = useTranslation("publish");
  const langs = most(
    numbers.by_lang.map(({ lang, ...counts }) => ({
      key: lang,
      name: <LanguageName tag={lang} />,
      ...counts,
    })),
  );
  const roles = most(
    numbers.by_role.map(({ role, messages }) => ({ key: role, name: t(`common:role.${role}`), messages })),
  );
  const splits = numbers.splits.map(({ split, ...counts }) => ({
    key: split,
    name: <bdi dir="ltr">{split}</bdi>,
    ...counts,
  }));
  return (
    <Part id="figures" title={t("part.figures")}>
      <Judgements of={numbers.judgements} />
      <Bars title={t("by.lang")} head={t("head.lang")} rows={langs} />
      <Bars title={t("by.role")} head={t("head.role")} rows={roles} />
      {splits.length > 1 && (
        <>
          <Bars title={t("by.split")} head={t("head.split")} rows={splits} />
          <p className="soft small">{t("splitsHelp")}</p>
        </>
      )}
    </Part>
  );
}

const KINDS = ["reviews", "ballots", "skips", "reactions"] as const;

function Judgements({ of }: { of: Numbers["judgements"] }) {
  const { t } = useTranslation("publish");
  const made = KINDS.filter((kind) => of[kind] > 0);
  if (made.length === 0) return null;
  return (
    <dl className={styles["figures"]} aria-label={t("judgements")}>
      {made.map((kind) => (
        <div key={kind}>
          <dt>{t(`judgement.${kind}`, { count: of[kind] })}</dt>
          <dd>
            <Count of={of[kind]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
