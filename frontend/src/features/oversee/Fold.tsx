import { useState, type ReactNode } from "react";
import styles from "./oversee.module.css";

interface Props {
  title: string;
  /** Open from the beginning. */
  begun?: boolean;
  children: ReactNode;
}

/** What is shown to whoever asks for it; it is not made before. */
export function Fold({ title, begun = false, children }: Props) {
  const [open, setOpen] = useState(begun);
  return (
    <details open={open} className={styles["fold"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  );
}
