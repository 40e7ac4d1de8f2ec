import type { ReactNode } from "react";
import styles from "./Branches.module.css";

/** Something that others may follow on. */
export interface Branching<N> {
  id: string;
  children: readonly N[];
}

interface Props<N extends Branching<N>> {
  from: N;
  /** Whether what follows it is not shown. */
  folded?: (node: N) => boolean;
  /** What a list of this many replies is called. */
  label: (count: number) => string;
  draw: (node: N) => ReactNode;
}

/** All of a tree. It steps in only where it forks, so that a long talk stays as wide as a short one. */
export function Branches<N extends Branching<N>>(props: Props<N>) {
  return (
    <ul className={styles["whole"]}>
      <Branch {...props} />
    </ul>
  );
}

function Branch<N extends Branching<N>>({ from, folded = () => false, label, draw }: Props<N>) {
  const line = run(from);
  const end = line.findIndex(folded);
  const shown = end < 0 ? line : line.slice(0, end + 1);
  const last = shown.at(-1)!;
  const forks = last.children.length > 1 && !folded(last);
  return (
    <li>
      {shown.map(draw)}
      {forks && (
        <ul className={styles["replies"]} aria-label={label(last.children.length)}>
          {last.children.map((child) => (
            <Branch key={child.id} from={child} folded={folded} label={label} draw={draw} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** A message and what follows it up to the next fork, which is drawn at one depth. */
export function run<N extends Branching<N>>(node: N): N[] {
  const found = [node];
  for (let last = node; last.children.length === 1;) {
    last = last.children[0]!;
    found.push(last);
  }
  return found;
}
