import { useTranslation } from "react-i18next";
import styles from "./follow.module.css";
import { Item, type ItemProps } from "./Item";
import { run, type Node } from "./model";
import type { Place } from "./reading";

type Rest = Pick<ItemProps, "archived" | "move" | "report">;

/** All of a tree. It steps in only where it forks, so that a long talk stays as wide as a short one. */
export function Whole({ root, place, ...rest }: { root: Node; place: Place } & Rest) {
  return (
    <ul className={styles["whole"]}>
      <Branch from={root} place={place} {...rest} />
    </ul>
  );
}

function Branch({ from, place, ...rest }: { from: Node; place: Place } & Rest) {
  const { t } = useTranslation("follow");
  const line = run(from);
  const end = line.findIndex((node) => place.folded.has(node.id));
  const shown = end < 0 ? line : line.slice(0, end + 1);
  const last = shown.at(-1)!;
  const forks = last.children.length > 1 && !place.folded.has(last.id);
  return (
    <li>
      {shown.map((node) => (
        <Item
          key={node.id}
          node={node}
          isCurrent={place.moves > 0 && node.id === place.current}
          folded={node.children.length > 0 ? place.folded.has(node.id) : null}
          offerThread={node.below > 0 && node.parent !== null}
          {...rest}
        />
      ))}
      {forks && (
        <ul className={styles["replies"]} aria-label={t("replies", { count: last.children.length })}>
          {last.children.map((child) => (
            <Branch key={child.id} from={child} place={place} {...rest} />
          ))}
        </ul>
      )}
    </li>
  );
}
