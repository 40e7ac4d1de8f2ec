import { Loading } from "@/components/States";
import styles from "./work.module.css";

/** A task is on its way. */
export function Waiting() {
  return (
    <div className={styles["waiting"]}>
      <Loading lines={5} />
    </div>
  );
}
