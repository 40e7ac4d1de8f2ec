import { useId } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "@/components/Field";
import { Card } from "@/components/Page";
import { Choices } from "./Choices";
import { PERSONAL, toggled } from "./order";
import { typed, type Part } from "./part";
import styles from "./release.module.css";

/** What files are made of it: forms, packings, parts for validation and test, and personal data. */
export function WrittenPart(part: Part) {
  const { t } = useTranslation("release");
  const { draft, options, change, wrong } = part;
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="files">
      <h2 id="files">{t("new.files")}</h2>
      <Choices
        told
        legend={t("new.forms")}
        error={wrong("forms")}
        options={options.forms.map(({ name, words }) => ({
          value: name,
          label: <code>{name}</code>,
          hint: words,
        }))}
        chosen={draft.forms}
        toggle={(form) => change({ forms: toggled(draft.forms, form) })}
      />
      <Choices
        told
        legend={t("new.packings")}
        error={wrong("packings")}
        options={options.packings.map(({ name, words }) => ({
          value: name,
          label: <code>{name}</code>,
          hint: words,
        }))}
        chosen={draft.packings}
        toggle={(packing) => change({ packings: toggled(draft.packings, packing) })}
      />
      <fieldset className={styles["choices"]}>
        <legend>{t("new.split")}</legend>
        <p className="soft small">{t("new.splitHint")}</p>
        <div className={styles["pair"]}>
          <TextField
            label={t("new.validation")}
            inputMode="decimal"
            {...typed(part, "validation")}
            error={wrong("validation") ?? wrong("validation_share")}
          />
          <TextField
            label={t("new.test")}
            inputMode="decimal"
            {...typed(part, "test")}
            error={wrong("test_share")}
          />
        </div>
      </fieldset>
      <Personal {...part} />
    </Card>
  );
}

function Personal({ draft, change }: Part) {
  const { t } = useTranslation("release");
  const id = useId();
  return (
    <fieldset className={styles["choices"]} aria-describedby={`${id}-hint`}>
      <legend>{t("new.personal")}</legend>
      <p className="soft small" id={`${id}-hint`}>
        {t("new.personalHint")}
      </p>
      <div className={styles["told"]}>
        {PERSONAL.map((one) => (
          <label key={one} className={styles["tell"]}>
            <input
              type="radio"
              name={`${id}-personal`}
              checked={draft.personal_data === one}
              onChange={() => change({ personal_data: one })}
            />
            <span>{t(`new.personalIs.${one}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
