/** The languages of the pages themselves. What people read and write is another matter: any BCP 47 tag. */
export const UI_LANGUAGES = ["en", "de", "es", "fr", "zh-Hans", "ja", "ar"] as const;
export type UiLanguage = (typeof UI_LANGUAGES)[number];

/** What each calls itself. Written down: asking the browser in seven languages costs a phone a fifth of a second. */
export const OWN_NAMES: Readonly<Record<UiLanguage, string>> = {
  en: "English",
  de: "Deutsch",
  es: "español",
  fr: "français",
  "zh-Hans": "简体中文",
  ja: "日本語",
  ar: "العربية",
};

const RIGHT_TO_LEFT = new Set([
  "ar",
  "arc",
  "ckb",
  "dv",
  "fa",
  "he",
  "ks",
  "ku-Arab",
  "ps",
  "sd",
  "ug",
  "ur",
  "yi",
]);

/** Which way a language is written. Unknown ones: left to right. */
export function directionOf(lang: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(lang) || RIGHT_TO_LEFT.has(lang.split("-")[0] ?? "") ? "rtl" : "ltr";
}

const speakers = new Map<string, Intl.DisplayNames>();

/** Making one takes milliseconds, which a list of languages on a phone would feel. */
function speaker(ui: string): Intl.DisplayNames {
  const found = speakers.get(ui) ?? new Intl.DisplayNames([ui], { type: "language" });
  speakers.set(ui, found);
  return found;
}

/** The name of a language in the language of the pages ("de" is "German" or "Deutsch"); the tag itself if unknown. */
export function languageName(tag: string, ui: string): string {
  try {
    return speaker(ui).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The best of the page languages for these wishes ("zh-CN" finds "zh-Hans"), best wish first. */
export function bestUiLanguage(wishes: readonly string[]): UiLanguage {
  for (const wish of wishes) {
    const found = UI_LANGUAGES.find((one) => one.toLowerCase() === wish.toLowerCase());
    if (found) return found;
    const base = UI_LANGUAGES.find((one) => one.split("-")[0] === wish.toLowerCase().split("-")[0]);
    if (base) return base;
  }
  return "en";
}

/** Offered first where somebody chooses languages: those of the published data sets, most messages first. */
export const COMMON_LANGUAGES = [
  "en", "es", "ru", "zh", "de", "fr", "th", "pt-BR", "ca", "ko", "uk-UA", "it", "ja", "pl", "eu", "hu", "vi", "tr",
  "ar", "id", "nl", "sv", "fi", "cs", "da", "el", "he", "hi", "fa", "gl", "ro", "bg", "nb-NO", "sk", "lt", "sl", "sr",
  "hr", "bn", "sw", "eo", "et", "lv", "ms", "ur", "ta", "te", "uk", "pt", "bar", "fil", "is", "ga", "cy", "mk", "sq",
] as const; // prettier-ignore
