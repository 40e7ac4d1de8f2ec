import { useTranslation } from "react-i18next";
import { useHotkeys, type Hotkey } from "@/lib/hotkeys";
import { shown, type Move, type Ranking } from "./ranking";

interface Hands {
  ranking: Ranking;
  act: (move: Move) => void;
  compare: (id: string) => void;
  foldAll: () => void;
  say: (words: string) => void;
  send: () => void;
}

/** The reply that has the focus, or something in it. */
function focused(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-reply]")?.dataset["reply"] ?? null;
}

function goTo(id: string | undefined): void {
  if (id === undefined) return;
  const handle = document.getElementById(`${id}-handle`);
  handle?.focus({ preventScroll: true });
  handle?.closest("[data-reply]")?.scrollIntoView?.({ block: "nearest" });
}

/** The keys of the ranking: numbers, j and k go to a reply; the others do something with it. */
export function useRankKeys({ ranking, act, compare, foldAll, say, send }: Hands): void {
  const { t } = useTranslation("rank");
  const all = shown(ranking);

  const withFocused = (run: (id: string) => void) => () => {
    const id = focused();
    if (id === null) say(t("said.chooseFirst"));
    else run(id);
  };
  const doing = (keys: string, label: string, move: "up" | "down" | "tie" | "refuse"): Hotkey => ({
    keys,
    label: t(label),
    run: withFocused((id) => act({ move, id })),
  });
  const walk = (by: number) => () => {
    const id = focused();
    const at = id === null ? -1 : all.indexOf(id);
    goTo(
      id === null ? all[by > 0 ? 0 : all.length - 1] : all[Math.max(0, Math.min(all.length - 1, at + by))],
    );
  };

  useHotkeys([
    ...all.slice(0, 10).map((id, place) => ({
      keys: String((place + 1) % 10),
      label: t("keys.jump"),
      run: () => goTo(id),
    })),
    { keys: "j", label: t("keys.next"), run: walk(1) },
    { keys: "k", label: t("keys.previous"), run: walk(-1) },
    doing("Alt+ArrowUp", "keys.up", "up"),
    doing("Alt+ArrowDown", "keys.down", "down"),
    doing("t", "keys.tie", "tie"),
    doing("u", "keys.refuse", "refuse"),
    { keys: "c", label: t("keys.compare"), run: withFocused(compare) },
    { keys: "m", label: t("keys.fold"), run: foldAll },
    { keys: "w", label: t("keys.allWrong"), run: () => act({ move: "allWrong" }) },
    { keys: "Mod+Enter", label: t("keys.send"), run: send },
    { keys: "Enter", label: t("keys.send"), run: send },
  ]);
}
