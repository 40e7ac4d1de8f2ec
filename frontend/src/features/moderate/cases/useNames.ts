import { useTranslation } from "react-i18next";
import { useLabels } from "@/api/labels";
import { languageName } from "@/lib/languages";

/** Numbers, shares, labels and languages as the language of the pages writes them. */
export function useNames() {
  const { i18n } = useTranslation();
  const labels = useLabels(i18n.language).data?.labels ?? [];
  const lang = i18n.language;
  return {
    countOf: (count: number) => new Intl.NumberFormat(lang).format(count),
    shareOf: (share: number) =>
      new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 }).format(share),
    labelOf: (name: string) => labels.find((label) => label.name === name)?.title ?? name,
    languageOf: (tag: string) => languageName(tag, lang),
    listOf: (words: readonly string[]) => new Intl.ListFormat(lang, { type: "conjunction" }).format(words),
  };
}
