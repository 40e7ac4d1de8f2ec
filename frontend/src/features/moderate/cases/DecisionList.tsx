import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { DecisionLine } from "@/components/decision/DecisionLine";
import type { Decision } from "@/components/decision/types";
import styles from "./cases.module.css";

interface Props {
  decisions: readonly Decision[];
  onUndo: (decision: string) => void;
  /** What to say where nothing was decided. */
  none: string;
}

/** What was decided before, with a way back where there is one. */
export function DecisionList({ decisions, onUndo, none }: Props) {
  const { t } = useTranslation("moderate");
  if (decisions.length === 0) return <p className="soft small">{none}</p>;
  return (
    <ul className={styles["entries"]}>
      {decisions.map((decision) => (
        <li key={decision.id}>
          <DecisionLine
            decision={decision}
            actions={
              decision.undoable && (
                <Button look="bare" icon="undo" onClick={() => onUndo(decision.id)}>
                  {t("undo")}
                </Button>
              )
            }
          />
        </li>
      ))}
    </ul>
  );
}
