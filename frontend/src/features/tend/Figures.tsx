import type { ReactNode } from "react";
import styles from "./tend.module.css";

/** A few figures beside each other, each with what it is. */
export function Figures({ of }: { of: readonly { what: string; figure: ReactNode }[] }) {
  return (
    <dl className={styles["figures"]}>
      {of.map(({ what, figure }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
