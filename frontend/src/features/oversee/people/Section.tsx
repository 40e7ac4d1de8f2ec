import { useId, type ReactNode } from "react";
import { Card } from "@/components/Page";
import styles from "./person.module.css";

interface Props {
  title: string;
  /** How to read it, in a sentence. */
  hint?: ReactNode;
  children: ReactNode;
}

/** One thing known about a person. */
export function Section({ title, hint, children }: Props) {
  const id = useId();
  return (
    <Card className={styles["section"] ?? ""} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p className="soft small">{hint}</p>}
      {children}
    </Card>
  );
}
