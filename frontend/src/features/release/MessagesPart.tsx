import { useTranslation } from "react-i18next";
import { CheckBox, Select, TextField } from "@/components/Field";
import { Card } from "@/components/Page";
import { LabelRules } from "./LabelRules";
import { RESULTS } from "./order";
import { typed, type Part } from "./part";
import styles from "./release.module.css";

/** Which messages of the chosen conversations: as people and machines judge them. */
export function MessagesPart(part: Part) {
  const { t } = useTranslation("release");
  const { draft, change } = part;
  const { embargo_days } = part.options;
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="messages">
      <h2 id="messages">{t("new.messages")}</h2>
      <p className="soft">
        {embargo_days > 0 ? t("new.never", { count: embargo_days }) : t("new.neverPlain")}
      </p>
      <Select label={t("new.result")} {...typed(part, "review_result")}>
        {RESULTS.map((one) => (
          <option key={one} value={one}>
            {t(`new.resultIs.${one}`)}
          </option>
        ))}
      </Select>
      <LabelRules {...part} />
      <details className={styles["fold"]}>
        <summary>{t("new.more")}</summary>
        <div className={styles["part"]}>
          <TextField label={t("new.minReviews")} inputMode="numeric" {...typed(part, "min_reviews")} />
          <TextField
            label={t("new.maxToxicity")}
            hint={t("new.maxToxicityHint")}
            inputMode="decimal"
            {...typed(part, "max_toxicity")}
          />
          <CheckBox
            label={t("new.scoredOnly")}
            checked={draft.scored_only}
            onChange={(event) => change({ scored_only: event.target.checked })}
          />
        </div>
      </details>
    </Card>
  );
}
