import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { useLabels } from "@/api/labels";
import styles from "./follow.module.css";
import type { Message } from "./model";
import { isScored, percent } from "./words";

/** How people and a machine judged a message; only where the API tells this person. */
export function Judgement({ message }: { message: Message }) {
  const { t } = useTranslation("follow");
  const [open, setOpen] = useState(false);
  if (message.labels === null || (message.review_count === 0 && message.detoxify === null)) return null;
  return (
    <details className={styles["judgement"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("judged", { count: message.review_count })}</summary>
      {open && (
        <div className={styles["judges"]}>
          <ByPeople labels={message.labels} />
          <ByMachine message={message} />
        </div>
      )}
    </details>
  );
}

function ByPeople({ labels }: { labels: NonNullable<Message["labels"]> }) {
  const { t, i18n } = useTranslation("follow");
  const { data } = useLabels(i18n.language);
  const asked = (data?.labels ?? []).filter((label) => labels[label.name]);
  const seen = asked.filter((label) => label.widget === "likert" || (labels[label.name]?.value ?? 0) > 0);
  const unseen = asked.filter((label) => !seen.includes(label));
  const list = new Intl.ListFormat(i18n.language, { type: "disjunction" });
  return (
    <section>
      <p className={styles["judge"]}>{t("byPeople")}</p>
      {asked.length === 0 && <p className="soft small">{t("noLabels")}</p>}
      <dl className={styles["bars"]}>
        {seen.map((label) => (
          <Bar
            key={label.name}
            title={label.title}
            help={label.help}
            poles={label.poles}
            value={labels[label.name]?.value ?? 0}
            note={t("answers", { count: labels[label.name]?.count ?? 0 })}
          />
        ))}
      </dl>
      {unseen.length > 0 && (
        <p className="soft small">
          {t("nobodySaid", { labels: list.format(unseen.map((label) => label.title)) })}
        </p>
      )}
    </section>
  );
}

function Bar({
  title,
  help,
  poles,
  value,
  note,
}: {
  title: string;
  help?: string;
  poles?: readonly string[] | null;
  value: number;
  note?: string;
}) {
  const { i18n } = useTranslation();
  return (
    <div>
      <dt title={help}>{title}</dt>
      <dd>
        <span className={styles["rail"]} aria-hidden="true">
          <span style={{ inlineSize: `${value * 100}%` }} />
        </span>
        <span className={styles["value"]}>{percent(value, i18n.language)}</span>
        {poles && (
          <span className={styles["poles"]}>
            <span>{poles[0]}</span>
            <span>{poles[1]}</span>
          </span>
        )}
        {note && <span className="visually-hidden">{note}</span>}
      </dd>
    </div>
  );
}

const SCORES = [
  "toxicity",
  "severe_toxicity",
  "obscene",
  "identity_attack",
  "insult",
  "threat",
  "sexual_explicit",
] as const satisfies readonly (keyof Schemas["Detoxify"])[];

function ByMachine({ message }: { message: Message }) {
  const { t } = useTranslation("follow");
  const scores = message.detoxify;
  return (
    <section>
      <p className={styles["judge"]}>{t("byMachine")}</p>
      {scores ? (
        <dl className={styles["bars"]}>
          {SCORES.map((name) => (
            <Bar key={name} title={t(`common:score.${name}`)} value={scores[name] ?? 0} />
          ))}
        </dl>
      ) : (
        <p className="soft small">{t(isScored(message.lang) ? "notScoredYet" : "notSupported")}</p>
      )}
    </section>
  );
}
