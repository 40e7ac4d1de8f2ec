import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Stand } from "./ranking";

/** Letters as a list in the language of the pages: "B, C and D". */
export function listOf(letters: readonly string[], lang: string): string {
  return new Intl.ListFormat(lang, { type: "conjunction" }).format(letters);
}

/** Where a reply stands, in words: "2 of 5", "1 of 5, tied with C", "unacceptable". `tiedWith` holds letters here. */
export function useStandWords(): (stand: Stand) => string {
  const { t, i18n } = useTranslation("rank");
  return useCallback(
    ({ place, of, tiedWith, refused }) => {
      if (refused) return t("refused");
      const words = t("place", { place, of });
      if (tiedWith.length === 0) return words;
      return `${words} · ${t("tied", { others: listOf(tiedWith, i18n.language) })}`;
    },
    [t, i18n.language],
  );
}
