import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { SCORES, useMachine } from "@/api/screening";
import { Ago } from "@/components/Words";
import { Bar } from "./Bar";
import styles from "./follow.module.css";
import type { Message } from "./model";
import { lackOf, lacksScores, peakOf } from "./scoring";
import { percent } from "./words";

/** In a few words, beside what people say: the machine's highest score, or that it is at it. */
export function MachineSays({ message }: { message: Message }) {
  const { t, i18n } = useTranslation("follow");
  const machine = useMachine(lacksScores(message));
  if (message.detoxify) {
    const { name, value } = peakOf(message.detoxify);
    const said = { score: t(`common:score.${name}`), share: percent(value, i18n.language) };
    return <span className={styles["says"]}>{t("machineSays", said)}</span>;
  }
  if (lackOf(machine, message.lang) !== "reading") return null;
  return <span className={styles["says"]}>{t("machineReads")}</span>;
}

/** All scores and which model gave them; or why there are none. */
export function ByMachine({ message }: { message: Message }) {
  const { t } = useTranslation("follow");
  const scores = message.detoxify;
  return (
    <section>
      <p className={styles["judge"]}>{t("byMachine")}</p>
      {scores ? (
        <>
          <dl className={styles["bars"]}>
            {SCORES.map((name) => {
              const value = scores[name];
              return value == null ? null : (
                <Bar key={name} title={t(`common:score.${name}`)} value={value} />
              );
            })}
          </dl>
          <Source of={message} />
        </>
      ) : (
        <Missing lang={message.lang} />
      )}
      <p className="small">
        <Link to="/toxicity">{t("aboutScores")}</Link>
      </p>
    </section>
  );
}

function Source({ of: { detoxify_source: source } }: { of: Message }) {
  const { t } = useTranslation("follow");
  if (!source) return null;
  const { model, imported, scored_at } = source;
  const how = imported ? "imported" : "scored";
  return (
    <p className="soft small">
      {model ? t(`source.${how}`, { model }) : t(`source.${how}Unnamed`)}{" "}
      {!imported && <Ago at={scored_at} />}
    </p>
  );
}

function Missing({ lang }: { lang: string }) {
  const { t } = useTranslation("follow");
  const machine = useMachine();
  const lack = lackOf(machine, lang);
  return (
    <>
      <p className="soft small">{t(`lack.${lack}`, { megabytes: machine?.downloaded_mb ?? 0 })}</p>
      {lack === "missing" && machine?.remedy && <p className="soft small">{machine.remedy}</p>}
    </>
  );
}
