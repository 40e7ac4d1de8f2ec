import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Button } from "@/components/Button";
import { Conversation } from "@/components/Turn";
import styles from "./Scene.module.css";

// As many characters before the last two messages are read without being asked.
const READ_AT_ONCE = 1500;

/** Where to start showing a conversation: at its beginning, or two messages before the end when the rest is long. */
export function startOf(turns: readonly Schemas["Turn"][]): number {
  const before = turns.slice(0, -2);
  const length = before.reduce((sum, turn) => sum + turn.text.length, 0);
  return length > READ_AT_ONCE ? before.length : 0;
}

/** The conversation a judgement is about, its last message in focus. What is long before it waits folded. */
export function Scene({ turns }: { turns: readonly Schemas["Turn"][] }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const start = whole ? 0 : startOf(turns);
  return (
    <div className={styles["scene"]}>
      {start > 0 && (
        <Button icon="up" onClick={() => setWhole(true)}>
          {t("earlierMessages", { count: start })}
        </Button>
      )}
      <Conversation turns={turns.slice(start)} focusLast />
    </div>
  );
}
