import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Question } from "./judging";

/** The answer in words: yes or no, or the anchor of one of the five points, fitted to what is asked. */
export function useAnswerWords(): (question: Question, value: number) => string {
  const { t } = useTranslation("label");
  return useCallback(
    (question, value) => {
      if (question.widget !== "likert") return value === 1 ? t("yes") : t("no");
      const point = Math.round(value * 4);
      return t([`anchors.${question.name}.${point}`, `anchors.any.${point}`]);
    },
    [t],
  );
}
