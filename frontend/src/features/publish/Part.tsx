import type { ReactNode } from "react";
import { Card } from "@/components/Page";
import styles from "./publish.module.css";

/** One part of the page about a data set, which can be linked to. */
export function Part({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card id={id} className={styles["part"] ?? ""} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead && <p className="soft">{lead}</p>}
      {children}
    </Card>
  );
}
