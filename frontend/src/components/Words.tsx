import { useTranslation } from "react-i18next";
import { languageName } from "@/lib/languages";
import { absolute, absoluteDay, relative } from "@/lib/time";

/** The name of a language, in the language of the pages. */
export function LanguageName({ tag }: { tag: string }) {
  const { i18n } = useTranslation();
  return <>{languageName(tag, i18n.language)}</>;
}

/** "3 minutes ago", with the full date behind it. */
export function Ago({ at }: { at: string | null }) {
  const { i18n } = useTranslation();
  if (at === null) return null;
  return (
    <time dateTime={at} title={absolute(at, i18n.language)}>
      {relative(at, i18n.language)}
    </time>
  );
}

/** A day, with the full date and time behind it. */
export function Day({ at }: { at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} title={absolute(at, i18n.language)}>
      {absoluteDay(at, i18n.language)}
    </time>
  );
}

/** A number as the language of the pages writes it. */
export function Count({ of }: { of: number }) {
  const { i18n } = useTranslation();
  return <>{new Intl.NumberFormat(i18n.language).format(of)}</>;
}

/** A key of the keyboard. "Mod" is Ctrl, or Command on a Mac. */
export function Key({ children }: { children: string }) {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const names: Record<string, string> = {
    Mod: mac ? "⌘" : "Ctrl",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
  };
  return (
    <>
      {children.split("+").map((part, place) => (
        <kbd key={place}>{names[part] ?? (part.length === 1 ? part.toUpperCase() : part)}</kbd>
      ))}
    </>
  );
}
