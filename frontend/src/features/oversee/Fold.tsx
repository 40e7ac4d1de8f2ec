import { useState, type ReactNode } from "react";
import styles from "./oversee.module.css";

interface Props {
  title: string;
  children: ReactNode;
}

/** What is shown to whoever asks for it; it is not made before. */
export function Fold({ title, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles["fold"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  );
}
