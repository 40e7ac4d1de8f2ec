import { useState } from "react";
import { keep, recall } from "@/lib/storage";

const KEPT = "oa.languages";

/** Which of my languages I want tasks in, remembered in this browser; never none of them. */
export function useChosenLanguages(mine: readonly string[]): [string[], (lang: string) => void] {
  const [left, setLeft] = useState(() => recall<string[]>(KEPT) ?? []);
  const chosen = mine.filter((lang) => !left.includes(lang));
  const toggle = (lang: string) => {
    const without = left.includes(lang) ? left.filter((one) => one !== lang) : [...left, lang];
    if (!mine.some((one) => !without.includes(one))) return;
    setLeft(without);
    keep(KEPT, without);
  };
  return [chosen.length > 0 ? chosen : [...mine], toggle];
}
