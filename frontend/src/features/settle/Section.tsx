import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/Page";
import { Trouble } from "@/components/States";
import type { Saving } from "./saving";
import styles from "./settle.module.css";

interface Props<Change> {
  id: string;
  title: string;
  lead?: ReactNode;
  /** What became of the last change in this part, and how to take it back. */
  saving?: { now: Saving<Change>; save: (change: Change) => void };
  children: ReactNode;
}

/** One part of the settings, which can be linked to. */
export function Section<Change>({ id, title, lead, saving, children }: Props<Change>) {
  return (
    <Card id={id} className={styles["section"] ?? ""} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <header className={styles["head"]}>
        <h2 id={`${id}-title`}>{title}</h2>
        {saving && <Word {...saving} />}
      </header>
      {lead && <p className="soft">{lead}</p>}
      {saving?.now.at === "refused" && <Trouble error={saving.now.problem} />}
      {children}
    </Card>
  );
}

/** "Saved." and the way back, said once. */
export function Word<Change>({ now, save }: { now: Saving<Change>; save: (change: Change) => void }) {
  const { t } = useTranslation();
  const undo = now.at === "saved" ? now.undo : null;
  return (
    <span className={styles["word"]}>
      <span role="status">{now.at === "saved" ? t("saved") : now.at === "saving" ? "…" : ""}</span>
      {undo !== null && (
        <button type="button" onClick={() => save(undo)}>
          {t("undo")}
        </button>
      )}
    </span>
  );
}
