import { useCallback, useEffect, useState } from "react";
import { isEnough, loadDetector, otherLanguage } from "./language";

const PAUSE = 900;

async function look(text: string, wanted: string): Promise<string | null> {
  if (!isEnough(text)) return null;
  try {
    return otherLanguage(text, wanted, await loadDetector());
  } catch {
    return null; // offline before it was fetched: this check is only a courtesy
  }
}

/** Whether a text looks like another language than the wanted one: while typing after a pause, and on request at once. */
export function useLanguageCheck(text: string, wanted: string) {
  const [found, setFound] = useState<{ text: string; other: string | null }>({ text: "", other: null });
  useEffect(() => {
    let old = false;
    const timer = setTimeout(() => {
      void look(text, wanted).then((other) => !old && setFound({ text, other }));
    }, PAUSE);
    return () => {
      old = true;
      clearTimeout(timer);
    };
  }, [text, wanted]);
  const now = useCallback((current: string) => look(current, wanted), [wanted]);
  return { other: isEnough(text) ? found.other : null, now };
}
