import { useId, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/components/Icon";
import { useHotkeys } from "@/lib/hotkeys";
import { directionOf } from "@/lib/languages";
import { apply, marked, type Mark } from "./marks";
import styles from "./write.module.css";

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  placeholder: string;
  lang: string;
  text: string;
  onChange: (text: string) => void;
  disabled: boolean;
  /** The id of what is said of the text. */
  describedBy: string;
  preview: boolean;
  onPreview: (preview: boolean) => void;
  /** The text as it will be read. */
  shown: ReactNode;
}

const TOOLS: readonly { mark: Mark; icon: IconName; keys: string; code: string; shift: boolean }[] = [
  { mark: "bold", icon: "bold", keys: "Mod+b", code: "KeyB", shift: false },
  { mark: "code", icon: "code", keys: "Mod+e", code: "KeyE", shift: false },
  { mark: "list", icon: "list", keys: "Mod+Shift+8", code: "Digit8", shift: true },
  { mark: "quote", icon: "quote", keys: "Mod+Shift+9", code: "Digit9", shift: true },
  { mark: "link", icon: "link", keys: "Mod+k", code: "KeyK", shift: false },
];

/** A plain text field that grows with its text, with a few marks at hand and a look at the result. */
export function Editor({
  field,
  label,
  text,
  onChange,
  disabled,
  preview,
  onPreview,
  shown,
  ...rest
}: Props) {
  const { t } = useTranslation("write");
  const id = useId();
  const { lang, placeholder, describedBy } = rest;

  function mark(which: Mark) {
    const at = field.current;
    if (at) apply(at, marked(which, at.value, at.selectionStart, at.selectionEnd));
  }

  // By the place of the key, not by what it prints: Shift and 8 prints another sign on every keyboard.
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Escape") return event.currentTarget.blur();
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const tool = TOOLS.find((one) => one.code === event.code && one.shift === event.shiftKey);
    if (!tool) return;
    event.preventDefault();
    mark(tool.mark);
  }

  useHotkeys([
    ...TOOLS.map((tool) => ({ keys: tool.keys, label: t(`tools.${tool.mark}`), run: () => mark(tool.mark) })),
    { keys: "Escape", label: t("keys.leave"), run: () => field.current?.blur() },
  ]);

  return (
    <section className={styles["editor"]} aria-labelledby={`${id}-label`}>
      <div className={styles["head"]}>
        <label id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
        <div className={styles["tabs"]}>
          <button type="button" aria-pressed={!preview} onClick={() => onPreview(false)}>
            {t("write")}
          </button>
          <button type="button" aria-pressed={preview} onClick={() => onPreview(true)}>
            {t("preview")}
          </button>
        </div>
      </div>
      {!preview && (
        <div className={styles["tools"]} role="toolbar" aria-label={t("toolbar")} aria-controls={id}>
          {TOOLS.map((tool) => (
            <button
              key={tool.mark}
              type="button"
              disabled={disabled}
              title={t(`tools.${tool.mark}`)}
              aria-label={t(`tools.${tool.mark}`)}
              // The press must not take the cursor, and with it the keyboard of a phone, out of the text.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => mark(tool.mark)}
            >
              <Icon name={tool.icon} />
            </button>
          ))}
        </div>
      )}
      {preview && (
        <div className={styles["preview"]}>
          {text.trim() ? shown : <p className="soft">{t("nothingToPreview")}</p>}
        </div>
      )}
      {/* Kept on the page while the preview shows, so that its own undo survives. */}
      <div className={styles["grow"]} data-text={text} hidden={preview}>
        <textarea
          ref={field}
          id={id}
          className="reading"
          aria-describedby={describedBy}
          lang={lang}
          dir={text ? "auto" : directionOf(lang)}
          placeholder={placeholder}
          value={text}
          readOnly={disabled}
          rows={5}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
    </section>
  );
}
