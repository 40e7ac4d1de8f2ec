import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { UI_LANGUAGES, bestUiLanguage, directionOf, type UiLanguage } from "./languages";

type Words = Record<string, unknown>;

/** Each language is one chunk of the build, fetched when it is spoken. */
const files = import.meta.glob<Words>("../locales/*/*.json", { import: "default" });

const KEPT = "oa.language";

async function wordsOf(lang: UiLanguage): Promise<Record<string, Words>> {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`../locales/${lang}/`));
  const loaded = await Promise.all(
    own.map(
      async ([path, load]) => [path.slice(path.lastIndexOf("/") + 1, -".json".length), await load()] as const,
    ),
  );
  return Object.fromEntries(loaded);
}

/** The page language at the start: what was chosen here, else what the server chose, else the browser's. */
export function firstLanguage(): UiLanguage {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // Storage can be forbidden; the pages work without.
  }
  return bestUiLanguage([...(kept ? [kept] : []), ...navigator.languages]);
}

export async function startI18n(): Promise<void> {
  const lang = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    supportedLngs: [...UI_LANGUAGES],
    defaultNS: "common",
    resources: { [lang]: await wordsOf(lang) },
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  });
  dress(lang);
}

/** Speak another language from now on, and remember it in this browser. */
export async function speak(lang: UiLanguage): Promise<void> {
  for (const [namespace, words] of Object.entries(await wordsOf(lang))) {
    i18next.addResourceBundle(lang, namespace, words, true, true);
  }
  await i18next.changeLanguage(lang);
  dress(lang);
  try {
    localStorage.setItem(KEPT, lang);
  } catch {
    // Spoken for this visit only.
  }
  document.cookie = `oa_lang=${lang}; path=/; max-age=31536000; samesite=lax`;
}

function dress(lang: UiLanguage): void {
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
}
