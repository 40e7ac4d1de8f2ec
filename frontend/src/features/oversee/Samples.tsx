import { Link } from "react-router";
import styles from "./oversee.module.css";
import type { Sample } from "./types";

/** How some messages begin; each leads to its place. In another tab: nobody loses what they have chosen. */
export function Samples({ samples }: { samples: readonly Sample[] }) {
  if (samples.length === 0) return null;
  return (
    <ul className={styles["samples"]}>
      {samples.map((sample) => (
        <li key={sample.id}>
          <Link
            to={sample.tree_id ? `/trees/${sample.tree_id}?message=${sample.id}` : `/messages/${sample.id}`}
            target="_blank"
            rel="noopener"
            dir="auto"
          >
            <span>{sample.excerpt || "…"}</span>
          </Link>
          {sample.author && <bdi className="soft small">{sample.author.display_name}</bdi>}
        </li>
      ))}
    </ul>
  );
}
