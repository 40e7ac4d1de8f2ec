import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabels } from "@/api/labels";
import { Bar } from "./Bar";
import { ByMachine, MachineSays } from "./ByMachine";
import styles from "./follow.module.css";
import type { Message } from "./model";
import { Opinion } from "./Opinion";

/** How people and a machine judged a message; only where the API tells this person. */
export function Judgement({ message }: { message: Message }) {
  const { t } = useTranslation("follow");
  const [open, setOpen] = useState(false);
  if (message.labels === null) return null;
  return (
    <details className={styles["judgement"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>
          {message.review_count === 0 ? t("judgedNot") : t("judged", { count: message.review_count })}
        </span>
        <MachineSays message={message} />
      </summary>
      {open && (
        <div className={styles["judges"]}>
          <ByPeople labels={message.labels} />
          <ByMachine message={message} />
          {message.opinion && <Opinion opinion={message.opinion} message={message} />}
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
