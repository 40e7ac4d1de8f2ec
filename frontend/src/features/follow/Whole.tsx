import { useTranslation } from "react-i18next";
import { Branches } from "@/components/Branches";
import { Item, type ItemProps } from "./Item";
import type { Node } from "./model";
import type { Place } from "./reading";

type Rest = Pick<ItemProps, "archived" | "move" | "report">;

/** All of a tree, with what is folded folded. */
export function Whole({ root, place, ...rest }: { root: Node; place: Place } & Rest) {
  const { t } = useTranslation("follow");
  return (
    <Branches
      from={root}
      folded={(node) => place.folded.has(node.id)}
      label={(count) => t("replies", { count })}
      draw={(node) => (
        <Item
          key={node.id}
          node={node}
          isCurrent={place.moves > 0 && node.id === place.current}
          folded={node.children.length > 0 ? place.folded.has(node.id) : null}
          offerThread={node.below > 0 && node.parent !== null}
          {...rest}
        />
      )}
    />
  );
}
