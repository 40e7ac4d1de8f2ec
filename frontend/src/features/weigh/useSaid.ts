import { useTranslation } from "react-i18next";
import { correlation, type Cell, type Figure, type Kind } from "./report";
import type { Names } from "./useNames";
import { told, twoDigits, whole } from "./words";

/** Figures in words, as they are read out and as tables have them. */
export function useSaid(names: Names) {
  const { t, i18n } = useTranslation("weigh");
  const figure = (found: Figure, write = twoDigits): string => {
    const words = told(found, i18n.language, write);
    if (words === null) return t("cantTell");
    return "low" in words ? t("range", words) : words.value;
  };
  const correlated = (cell: Cell, kind: Kind) =>
    cell.too_few ? t("tooFew") : figure(correlation(cell, kind));
  const cell = (one: Cell, kind: Kind): string => {
    const title = { label: names.label(one.label), score: names.score(one.score) };
    if (one.too_few) {
      return t("heat.cellFew", { ...title, few: t("heat.few", { messages: whole(one.n, i18n.language) }) });
    }
    const words = told(correlation(one, kind), i18n.language);
    const said = words && "low" in words ? t("heat.figure", words) : correlated(one, kind);
    return t("heat.cellMessages", { count: one.n, cell: t("heat.cell", { ...title, figure: said }) });
  };
  return { figure, correlated, cell };
}
