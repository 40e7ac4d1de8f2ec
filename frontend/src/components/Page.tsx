import { useEffect, useRef, type ReactNode } from "react";
import styles from "./Page.module.css";

interface Props {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  width?: "narrow" | "normal" | "wide";
  children?: ReactNode;
}

/** One page: its title in the tab and as the heading, which gets the focus when the page is turned. */
export function Page({ title, lead, actions, width = "normal", children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    // Only when nothing else took it (a dialog that is open, a field with autofocus).
    if (document.activeElement === document.body || document.activeElement === null)
      heading.current?.focus({ preventScroll: true });
  }, []);
  const breadth = width === "normal" ? "" : styles[width];
  return (
    <div className={`${styles["page"]} ${breadth}`}>
      <header className={styles["head"]}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={styles["lead"]}>{lead}</p>}
        </div>
        {actions && <div className={styles["actions"]}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** What stands in the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · oa` : "oa";
  }, [title]);
}

/** A sheet of paper on the page. */
export function Card({
  children,
  className = "",
  as: Tag = "section",
  ...rest
}: {
  children: ReactNode;
  className?: string;
  as?: "section" | "div" | "li" | "article";
} & React.HTMLAttributes<HTMLElement>) {
  return (
    <Tag {...rest} className={`${styles["card"]} ${className}`}>
      {children}
    </Tag>
  );
}
