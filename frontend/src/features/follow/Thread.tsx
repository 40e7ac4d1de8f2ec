import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import styles from "./follow.module.css";
import { Item, type ItemProps } from "./Item";
import { among, type Node } from "./model";
import type { Place } from "./reading";

/** One thread from the prompt to an end, with a switch wherever there are other replies. */
export function Thread({
  nodes,
  place,
  ...rest
}: { nodes: readonly Node[]; place: Place } & Pick<ItemProps, "archived" | "move" | "report">) {
  return (
    <ol className={styles["thread"]}>
      {nodes.map((node) => (
        <li key={node.parent?.id ?? node.id}>
          <Switch node={node} move={rest.move} />
          <Item
            key={node.id}
            node={node}
            isCurrent={place.moves > 0 && node.id === place.current}
            folded={null}
            offerThread={false}
            {...rest}
          />
        </li>
      ))}
    </ol>
  );
}

function Switch({ node, move }: { node: Node; move: ItemProps["move"] }) {
  const { t } = useTranslation("follow");
  const { place, all } = among(node);
  if (all < 2) return null;
  const side = (by: 1 | -1) => () => move({ to: "sibling", of: node.id, by });
  return (
    <div className={styles["switch"]} role="group" aria-label={t("otherReplies")}>
      <Button icon="back" mirrored aria-label={t("previousReply")} onClick={side(-1)} />
      <span aria-live="polite">{t("replyOf", { place, all })}</span>
      <Button icon="forward" mirrored aria-label={t("nextReply")} onClick={side(1)} />
    </div>
  );
}
