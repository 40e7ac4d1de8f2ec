import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { useHotkeys, type Hotkey } from "@/lib/hotkeys";
import type { Triaged } from "./place";
import type { Move } from "./sifting";

interface Hands {
  leave: (() => void) | null;
  remove: (() => void) | null;
  undo: (() => void) | null;
  here: Triaged | undefined;
  move: Dispatch<Move>;
  items: readonly Triaged[];
}

/** A text longer than the screen is read to its end before the arrow leads to the next. */
function readOn(by: 1 | -1): boolean {
  const { scrollY, innerHeight } = window;
  const end = document.documentElement.scrollHeight - innerHeight;
  const beyond = by > 0 ? scrollY < end - 4 : scrollY > 4;
  if (beyond) window.scrollBy({ top: by * innerHeight * 0.6 });
  return beyond;
}

/** One key for each act; J and K walk, as do the arrows at the ends of a text. */
export function useTriageKeys({ leave, remove, undo, here, move, items }: Hands): void {
  const { t } = useTranslation("moderate");
  const walk = (to: "next" | "previous") => () => move({ to, among: items });
  const open = () => document.querySelector<HTMLAnchorElement>("[data-open]")?.click();
  const only = (act: (() => void) | null | undefined, keys: string, label: string): Hotkey[] =>
    act ? [{ keys, label, run: act }] : [];
  useHotkeys([
    ...only(leave, "l", t("leave")),
    ...only(remove, "d", t("remove")),
    ...only(undo, "u", t("undo")),
    ...only(here && open, "o", t("open")),
    { keys: "j", label: t("next"), run: walk("next") },
    { keys: "k", label: t("previous"), run: walk("previous") },
    { keys: "ArrowDown", label: t("keys.down"), run: () => readOn(1) || walk("next")() },
    { keys: "ArrowUp", label: t("keys.up"), run: () => readOn(-1) || walk("previous")() },
  ]);
}
