import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import styles from "./TreeState.module.css";

type State = Schemas["TreeStateEnum"];

const TONES: Record<State, "open" | "done" | "over"> = {
  initial_prompt_review: "open",
  prompt_lottery_waiting: "open",
  growing: "open",
  ranking: "open",
  backlog_ranking: "open",
  ready_for_scoring: "open",
  ready_for_export: "done",
  aborted_low_grade: "over",
  halted_by_moderator: "over",
  scoring_failed: "over",
};

/** Where a conversation stands, in words on a ground. */
export function TreeState({ state }: { state: State }) {
  const { t } = useTranslation();
  return <span className={`${styles["state"]} ${styles[TONES[state]]}`}>{t(`state.${state}`)}</span>;
}
