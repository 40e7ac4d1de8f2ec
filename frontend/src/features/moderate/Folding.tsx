import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import styles from "./moderate.module.css";

// As many characters are read at a glance; what is longer is folded.
const GLANCE = 900;

/** A text that is folded when it is long. */
export function Folding({ text, children }: { text: string; children: ReactNode }) {
  const { t } = useTranslation("moderate");
  const [whole, setWhole] = useState(false);
  const long = text.length > GLANCE;
  return (
    <div className={styles["text"]}>
      <div className={long && !whole ? styles["folded"] : ""}>{children}</div>
      {long && (
        <Button
          look="bare"
          icon={whole ? "up" : "down"}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? t("fold") : t("unfold")}
        </Button>
      )}
    </div>
  );
}
