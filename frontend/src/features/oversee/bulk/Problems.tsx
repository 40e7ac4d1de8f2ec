import type { Refusals } from "../types";
import { Count } from "@/components/Words";
import styles from "./bulk.module.css";

/** Why some are not decided about, in the server's words, the most frequent first. */
export function Problems({ of }: { of: Refusals }) {
  return (
    <ul className={styles["problems"]}>
      {of.map(({ code, text, n }) => (
        <li key={code}>
          <Count of={n} /> × {text}
        </li>
      ))}
    </ul>
  );
}
