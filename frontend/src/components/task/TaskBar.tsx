import type { ReactNode } from "react";
import styles from "./TaskBar.module.css";

/** The foot of every task: tools on one side, the one next step on the other, always in reach of the thumb. */
export function TaskBar({
  tools,
  hint,
  children,
}: {
  tools?: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles["bar"]}>
      <div className={styles["inner"]}>
        {tools}
        <div className={styles["hint"]}>{hint}</div>
        <div className={styles["main"]}>{children}</div>
      </div>
    </div>
  );
}
