import { useEffect, useRef, type ReactNode } from "react";
import { useTitle } from "@/components/Page";
import styles from "./TaskSheet.module.css";

interface Props {
  /** What is to be done, as an instruction: "Reply as the assistant". */
  title: string;
  /** One line of guidance under it. */
  lead?: ReactNode;
  children: ReactNode;
  bar: ReactNode;
  wide?: boolean;
  /** Changes with the task, so that the heading gets the focus for each. */
  of: string;
}

/** The sheet a task is done on: an instruction, the conversation, the answer, the bar. */
export function TaskSheet({ title, lead, children, bar, wide = false, of }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [of]);
  return (
    <div className={styles["sheet"]}>
      <div className={`${styles["content"]} ${wide ? styles["wide"] : ""}`}>
        <header className={styles["title"]}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="soft">{lead}</div>}
        </header>
        {children}
      </div>
      {bar}
    </div>
  );
}
