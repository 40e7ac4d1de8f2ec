import { useTranslation } from "react-i18next";
import { Select, TextArea, TextField } from "@/components/Field";
import { Card } from "@/components/Page";
import { typed, type Part } from "./part";
import styles from "./release.module.css";

/** Name, title, notes and licence. */
export function AboutPart(part: Part) {
  const { t } = useTranslation("release");
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="about">
      <h2 id="about">{t("new.about")}</h2>
      <div className={styles["pair"]}>
        <TextField
          label={t("new.name")}
          hint={t("new.nameHint")}
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
          {...typed(part, "name")}
        />
        <TextField
          label={t("new.titleField")}
          hint={t("new.titleHint")}
          maxLength={200}
          {...typed(part, "title")}
        />
      </div>
      <TextArea label={t("new.notes")} hint={t("new.notesHint")} rows={3} {...typed(part, "notes")} />
      <Select label={t("new.licence")} hint={t("new.licenceHint")} required {...typed(part, "licence")}>
        <option value="">{t("new.licenceChoose")}</option>
        {part.options.licences.map(({ name, words }) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </Select>
    </Card>
  );
}
