import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useChangeMe, type Me } from "@/api/me";
import { speak } from "@/lib/i18n";
import { OWN_NAMES, UI_LANGUAGES, type UiLanguage } from "@/lib/languages";
import { chooseTheme, THEMES, useTheme, type Theme } from "@/lib/theme";
import styles from "./Shell.module.css";

/** The foot of every page: the language of the pages, the colours, and what is read once. */
export function Foot({ me }: { me: Me | null }) {
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const change = useChangeMe();
  const turn = async (lang: UiLanguage) => {
    await speak(lang);
    if (me) change.mutate({ ui_language: lang });
  };
  return (
    <footer className={styles["foot"]}>
      <label className={styles["choice"]}>
        <span className="visually-hidden">{t("pageLanguage")}</span>
        <select value={i18n.language} onChange={(event) => void turn(event.target.value as UiLanguage)}>
          {UI_LANGUAGES.map((lang) => (
            <option key={lang} value={lang} lang={lang}>
              {OWN_NAMES[lang]}
            </option>
          ))}
        </select>
      </label>
      <label className={styles["choice"]}>
        <span className="visually-hidden">{t("theme.label")}</span>
        <select value={theme} onChange={(event) => chooseTheme(event.target.value as Theme)}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`theme.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Link to="/guide">{t("nav.guide")}</Link>
      <Link to="/terms">{t("nav.terms")}</Link>
      <Link to="/privacy">{t("nav.privacy")}</Link>
      <Link to="/datasets">{t("publish:title")}</Link>
      <Link to="/toxicity">{t("weigh:title")}</Link>
      <a href="/api/v1/docs">{t("nav.developers")}</a>
    </footer>
  );
}
