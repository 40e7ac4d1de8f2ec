import { useTranslation } from "react-i18next";
import { Select, TextField } from "@/components/Field";
import { Card } from "@/components/Page";
import { Count } from "@/components/Words";
import { languageName } from "@/lib/languages";
import { Choices } from "./Choices";
import { SYNTHETIC, toggled } from "./order";
import { typed, type Part } from "./part";
import styles from "./release.module.css";

/** Which conversations: languages, stages, days, and what came from models. */
export function TreesPart(part: Part) {
  const { t, i18n } = useTranslation("release");
  const { draft, options, change } = part;
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="trees">
      <h2 id="trees">{t("new.trees")}</h2>
      <Choices
        legend={t("new.langs")}
        hint={t("new.langsHint")}
        options={options.langs.map(({ lang, trees }) => ({
          value: lang,
          label: (
            <>
              {languageName(lang, i18n.language)}{" "}
              <span className="soft">
                <Count of={trees} />
              </span>
            </>
          ),
        }))}
        chosen={draft.langs}
        toggle={(lang) => change({ langs: toggled(draft.langs, lang) })}
      />
      <Choices
        legend={t("new.states")}
        hint={draft.states.length === 0 ? t("new.statesNone") : t("new.statesHint")}
        options={options.states.map(({ name }) => ({ value: name, label: t(`common:state.${name}`) }))}
        chosen={draft.states}
        toggle={(state) => change({ states: toggled(draft.states, state) })}
      />
      <div className={styles["pair"]}>
        <TextField
          type="date"
          label={t("new.since")}
          max={draft.until || undefined}
          {...typed(part, "since")}
        />
        <TextField
          type="date"
          label={t("new.until")}
          min={draft.since || undefined}
          {...typed(part, "until")}
        />
      </div>
      <Synthetic {...part} />
      <details className={styles["fold"]}>
        <summary>{t("new.more")}</summary>
        <div className={styles["part"]}>
          <TextField label={t("new.topic")} hint={t("new.topicHint")} {...typed(part, "topic")} />
          {options.origins.length > 0 && (
            <Select label={t("new.origin")} hint={t("new.originHint")} {...typed(part, "origin")}>
              <option value="">{t("common:any")}</option>
              {options.origins.map((origin) => (
                <option key={origin}>{origin}</option>
              ))}
            </Select>
          )}
          <TextField
            label={t("new.sample")}
            hint={t("new.sampleHint")}
            inputMode="numeric"
            {...typed(part, "sample")}
          />
        </div>
      </details>
    </Card>
  );
}

/** Two things at once in the original: whole conversations, and the messages in them. Here they are asked apart. */
function Synthetic(part: Part) {
  const { t } = useTranslation("release");
  const { draft } = part;
  return (
    <>
      <Select label={t("new.synthetic")} hint={t("new.syntheticHint")} {...typed(part, "synthetic")}>
        {SYNTHETIC.map((one) => (
          <option key={one} value={one}>
            {t(`new.syntheticIs.${one}`)}
          </option>
        ))}
      </Select>
      {draft.synthetic === "too" && (
        <Select label={t("new.syntheticMessages")} {...typed(part, "synthetic_messages")}>
          {(["too", "no"] as const).map((one) => (
            <option key={one} value={one}>
              {t(`new.syntheticMessagesIs.${one}`)}
            </option>
          ))}
        </Select>
      )}
      {draft.synthetic !== "no" && (
        <TextField label={t("new.model")} hint={t("new.modelHint")} {...typed(part, "model")} />
      )}
    </>
  );
}
