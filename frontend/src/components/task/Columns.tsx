import { useEffect, useRef, type ReactNode } from "react";
import styles from "./Columns.module.css";

interface Props {
  /** What is judged. */
  first: ReactNode;
  /** Where it is judged. */
  second: ReactNode;
  /** Which side gets more of the width. */
  wider: "first" | "second";
}

/**
 * What is judged beside where it is judged; on a phone one under the other. The shorter side stays in view while the
 * other scrolls; one that is higher than the window scrolls to its end first and stays there.
 */
export function Columns({ first, second, wider }: Props) {
  return (
    <div className={`${styles["columns"]} ${styles[wider]}`}>
      <Side>{first}</Side>
      <Side>{second}</Side>
    </div>
  );
}

function Side({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    // How high it is decides where it sticks, and CSS can't tell.
    const watch = new ResizeObserver(() => {
      element.style.setProperty("--height", `${element.offsetHeight}px`);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return (
    <div className={styles["side"]} ref={ref}>
      {children}
    </div>
  );
}
