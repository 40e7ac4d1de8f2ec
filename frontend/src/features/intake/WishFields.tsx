import { useTranslation } from "react-i18next";
import { CheckBox, Select, TextField } from "@/components/Field";
import { wrong } from "@/components/Form";
import styles from "./intake.module.css";
import { FORMS } from "./types";
import type { Wish } from "./wish";

interface Props {
  wish: Wish;
  change: (part: Partial<Wish>) => void;
  error: unknown;
}

type Typed = "origin" | "licence" | "model_name" | "lang" | "column" | "encoding" | "form";

/** What the file is, and what it does not say itself. */
export function WishFields({ wish, change, error }: Props) {
  const { t } = useTranslation("intake");
  const typed = (name: Typed) => ({
    value: wish[name],
    error: wrong(error, name),
    onChange: (event: { target: { value: string } }) =>
      change({ [name]: event.target.value } as Partial<Wish>),
  });
  return (
    <>
      <div className={styles["pair"]}>
        <TextField
          label={t("upload.origin")}
          hint={t("upload.originHint")}
          maxLength={200}
          {...typed("origin")}
        />
        <TextField
          label={t("upload.licence")}
          hint={t("upload.licenceHint")}
          maxLength={64}
          {...typed("licence")}
        />
        <TextField
          label={t("upload.model")}
          hint={t("upload.modelHint")}
          maxLength={200}
          {...typed("model_name")}
        />
        <TextField
          label={t("upload.lang")}
          hint={t("upload.langHint")}
          maxLength={16}
          autoCapitalize="none"
          spellCheck={false}
          {...typed("lang")}
        />
      </div>
      <details className={styles["fold"]}>
        <summary>{t("upload.more")}</summary>
        <div className={styles["part"]}>
          <Select label={t("upload.form")} {...typed("form")}>
            {FORMS.map((form) => (
              <option key={form} value={form}>
                {t(`upload.formIs.${form}`)}
              </option>
            ))}
          </Select>
          <div className={styles["pair"]}>
            <TextField
              label={t("upload.column")}
              hint={t("upload.columnHint")}
              maxLength={100}
              {...typed("column")}
            />
            <TextField
              label={t("upload.encoding")}
              hint={t("upload.encodingHint")}
              maxLength={32}
              {...typed("encoding")}
            />
          </div>
          <CheckBox
            label={t("upload.synthetic")}
            checked={wish.synthetic_prompts}
            onChange={(event) => change({ synthetic_prompts: event.target.checked })}
          />
        </div>
      </details>
    </>
  );
}
