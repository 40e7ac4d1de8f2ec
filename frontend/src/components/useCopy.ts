import { useTranslation } from "react-i18next";
import { useSay } from "./Toasts";

/** Copies a text and says so; where the browser forbids it, the text is shown long enough to be copied by hand. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation();
  const say = useSay();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      say(t("copied"));
    } catch {
      say(text, { seconds: 20 });
    }
  };
}
