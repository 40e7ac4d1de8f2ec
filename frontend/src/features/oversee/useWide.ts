import { useSyncExternalStore } from "react";

const WIDE = "(min-width: 52rem)";

/** Whether there is room for a table; else its rows are drawn as cards. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (tell) => {
      const media = window.matchMedia(WIDE);
      media.addEventListener("change", tell);
      return () => media.removeEventListener("change", tell);
    },
    () => window.matchMedia(WIDE).matches,
  );
}
