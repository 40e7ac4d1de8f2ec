import { useTranslation } from "react-i18next";
import { useLabels } from "@/api/labels";
import { SCORES, type Score } from "@/api/screening";

export interface Names {
  label: (name: string) => string;
  score: (name: string) => string;
}

/** What labels and scores are called, in the language of the pages. */
export function useNames(): Names {
  const { t, i18n } = useTranslation("weigh");
  const { data } = useLabels(i18n.language);
  return {
    label: (name) => data?.labels.find((label) => label.name === name)?.title ?? name,
    score: (name) => (SCORES.includes(name as Score) ? t(`common:score.${name}`) : name),
  };
}
