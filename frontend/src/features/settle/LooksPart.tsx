import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useChangeMe, type Me } from "@/api/me";
import { Select } from "@/components/Field";
import { speak } from "@/lib/i18n";
import { OWN_NAMES, UI_LANGUAGES, type UiLanguage } from "@/lib/languages";
import { chooseTheme, THEMES, useTheme } from "@/lib/theme";
import { Radios } from "./Radios";
import { Section } from "./Section";
import type { Change } from "./ProfilePart";
import { useSaving } from "./saving";
import styles from "./settle.module.css";

/** How the pages look and which language they speak. Colours are kept in this browser, the language with the person. */
export function LooksPart({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(["settle", "common"]);
  const theme = useTheme();
  const { mutateAsync } = useChangeMe();
  const saving = useSaving<Change>(async (change) => {
    if (change.ui_language) await speak(change.ui_language);
    await mutateAsync(change);
  });
  const lang = i18n.language as UiLanguage;
  return (
    <Section id="looks" title={t("looks.title")} saving={saving}>
      <Radios
        legend={t("common:theme.label")}
        hint={t("looks.themeHelp")}
        name="theme"
        value={theme}
        options={THEMES.map((one) => ({ value: one, label: t(`common:theme.${one}`) }))}
        onChange={chooseTheme}
      />
      <Select
        label={t("common:pageLanguage")}
        hint={t("looks.languageHelp")}
        value={lang}
        onChange={(event) =>
          void saving.save(
            { ui_language: event.target.value as UiLanguage },
            { ui_language: me.ui_language || lang },
          )
        }
      >
        {UI_LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {OWN_NAMES[one]}
          </option>
        ))}
      </Select>
      <p className={styles["row"]}>
        <Link to="/learn">{t("looks.learn")}</Link>
      </p>
    </Section>
  );
}
