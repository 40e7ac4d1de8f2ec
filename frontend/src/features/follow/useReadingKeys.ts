import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "@/lib/hotkeys";
import type { Node } from "./model";
import type { Move, View } from "./reading";

const EDGE = 24;

/** A message longer than the screen is read to its end before the arrow leads to the next. */
function readOn(id: string, by: 1 | -1): boolean {
  const box = document.getElementById(`message-${id}`)?.getBoundingClientRect();
  const visible = box && box.bottom > EDGE && box.top < window.innerHeight - EDGE;
  const beyond = box && (by > 0 ? box.bottom > window.innerHeight : box.top < -EDGE);
  if (!visible || !beyond) return false;
  window.scrollBy({ top: by * window.innerHeight * 0.7 });
  return true;
}

/** Up and down walk through what is in sight, left and right change to another reply. */
export function useReadingKeys(move: Dispatch<Move>, here: Node, view: View): void {
  const { t } = useTranslation("follow");
  const walk = (by: 1 | -1) => () => {
    if (!readOn(here.id, by)) move({ to: by > 0 ? "next" : "previous" });
  };
  const onward = document.documentElement.dir === "rtl" ? -1 : 1;
  useHotkeys([
    { keys: "ArrowDown", label: t("keys.down"), run: walk(1) },
    { keys: "ArrowUp", label: t("keys.up"), run: walk(-1) },
    { keys: "ArrowRight", label: t("keys.right"), run: () => move({ to: "sibling", by: onward }) },
    { keys: "ArrowLeft", label: t("keys.left"), run: () => move({ to: "sibling", by: onward < 0 ? 1 : -1 }) },
    { keys: "j", label: t("keys.next"), run: () => move({ to: "next" }) },
    { keys: "k", label: t("keys.previous"), run: () => move({ to: "previous" }) },
    {
      keys: "v",
      label: t("keys.view"),
      run: () => move({ to: "view", view: view === "tree" ? "thread" : "tree" }),
    },
    ...(view === "tree" && here.children.length > 0
      ? [{ keys: "x", label: t("keys.fold"), run: () => move({ to: "fold", id: here.id }) }]
      : []),
  ]);
}
