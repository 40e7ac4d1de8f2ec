import { useEffect, useRef, useState, type ReactNode } from "react";
import styles from "./Wide.module.css";

/** Scrolls sideways by itself, and takes the focus only when there is something to scroll. */
export function Wide({ name, children }: { name: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const found = box.current!;
    const watch = new ResizeObserver(() => setScrolls(found.scrollWidth > found.clientWidth + 1));
    watch.observe(found);
    return () => watch.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className={styles["scroll"]}
      {...(scrolls && { tabIndex: 0, role: "group", "aria-label": name })}
    >
      {children}
    </div>
  );
}
