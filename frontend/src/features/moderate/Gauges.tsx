import { useTranslation } from "react-i18next";
import { useLabels } from "@/api/labels";
import { levelOf, sorted, type Thresholds } from "./gauge";
import { useThresholds } from "./lists";
import styles from "./moderate.module.css";
import type { Triaged } from "./place";

/** What the machine says against what people say, with the thresholds of the policy on both rails. */
export function Gauges({ item }: { item: Triaged }) {
  const { t, i18n } = useTranslation("moderate");
  const { people } = item;
  const limits = useThresholds(item.message.lang);
  const labels = useLabels(i18n.language).data?.labels ?? [];
  const title = labels.find((label) => label.name === people?.label)?.title;
  return (
    <div className={styles["gauges"]}>
      <Gauge
        who={t("machine")}
        what={t(`common:score.${item.peak_score}`)}
        value={item.peak}
        limits={limits.machine}
      />
      {people ? (
        <Gauge
          who={t("people", { count: people.count })}
          what={title ?? people.label}
          value={people.value}
          limits={limits.people}
        />
      ) : (
        <p className="soft">{t("tooFew")}</p>
      )}
    </div>
  );
}

/** All that the machine says. */
export function AllScores({ item }: { item: Pick<Triaged, "scores"> }) {
  const { t, i18n } = useTranslation("moderate");
  return (
    <details className={styles["more"]}>
      <summary>{t("allScores")}</summary>
      <dl className={styles["scores"]}>
        {sorted(item.scores).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`common:score.${name}`)}</dt>
            <dd>{percent(value, i18n.language)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function percent(share: number, lang: string): string {
  return new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

interface Props {
  who: string;
  what: string;
  value: number;
  limits: Thresholds | null;
}

/** One rail: how far it is filled, where low ends and high begins, and which of these it is in words. */
export function Gauge({ who, what, value, limits }: Props) {
  const { t, i18n } = useTranslation("moderate");
  const level = limits && levelOf(value, limits);
  return (
    <div className={styles["gauge"]}>
      <p>
        <strong>{who}</strong>
        <span>{what}</span>
        <span className={styles["value"]}>{percent(value, i18n.language)}</span>
      </p>
      <div className={styles["rail"]} aria-hidden="true">
        <span className={level === "high" ? styles["full"] : ""} style={{ inlineSize: `${value * 100}%` }} />
        {limits && (
          <>
            <i style={{ insetInlineStart: `${limits.low * 100}%` }} />
            <i style={{ insetInlineStart: `${limits.high * 100}%` }} />
          </>
        )}
      </div>
      {level && limits && (
        <p className="soft small">
          {t(`level.${level}`, {
            low: percent(limits.low, i18n.language),
            high: percent(limits.high, i18n.language),
          })}
        </p>
      )}
    </div>
  );
}
