import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckBox, TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { languageName } from "@/lib/languages";
import { MOST_LANGUAGES, offered, ownName, toggleRead, toggleWrite, type LanguageChoice } from "./choice";
import styles from "./LanguagePicker.module.css";

interface Props {
  choice: LanguageChoice;
  onChange: (choice: LanguageChoice) => void;
  /** Offered before all others: those of the browser, those that are spoken here. */
  first?: readonly string[];
}

/** Two lists: what somebody reads, found by name; and which of these they write. */
export function LanguagePicker({ choice, onChange, first = [] }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles["picker"]}>
      <Read choice={choice} onChange={onChange} first={first} />
      <fieldset className={styles["list"]}>
        <legend>{t("languages.write")}</legend>
        <p className="soft small">{t("languages.writeHelp")}</p>
        <div className={styles["written"]}>
          {choice.read.map((tag) => (
            <Named
              key={tag}
              tag={tag}
              checked={choice.write.includes(tag)}
              onToggle={() => onChange(toggleWrite(choice, tag))}
            />
          ))}
        </div>
      </fieldset>
    </div>
  );
}

function Read({ choice, onChange, first }: Required<Props>) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState("");
  const id = useId();
  // Those chosen when the page was opened stay on top; the list does not jump about under a finger.
  const [mine] = useState(choice.read);
  const found = offered(useDeferredValue(typed), [...mine, ...first], i18n.language);
  const full = choice.read.length >= MOST_LANGUAGES;
  return (
    <fieldset className={styles["list"]} aria-describedby={`${id}-help`}>
      <legend>{t("languages.read")}</legend>
      <p className="soft small" id={`${id}-help`}>
        {t("languages.readHelp")}
      </p>
      <ul className={styles["chips"]} aria-label={t("languages.chosen")}>
        {choice.read.map((tag) => (
          <li key={tag}>
            <button
              type="button"
              disabled={choice.read.length === 1}
              onClick={() => onChange(toggleRead(choice, tag))}
            >
              <span lang={tag}>{languageName(tag, i18n.language)}</span>
              {choice.read.length > 1 && <Icon name="close" size={16} />}
              <span className="visually-hidden">{t("languages.remove")}</span>
            </button>
          </li>
        ))}
      </ul>
      <TextField
        label={t("languages.search")}
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (found[0] && typed.trim()) onChange(toggleRead(choice, found[0].tag));
          setTyped("");
        }}
      />
      <div className={styles["found"]}>
        {found.map(({ tag }) => (
          <Named
            key={tag}
            tag={tag}
            checked={choice.read.includes(tag)}
            disabled={full && !choice.read.includes(tag)}
            onToggle={() => onChange(toggleRead(choice, tag))}
          />
        ))}
        {found.length === 0 && <p className="soft small">{t("languages.notFound")}</p>}
      </div>
      {full && <p className="soft small">{t("languages.full", { count: MOST_LANGUAGES })}</p>}
    </fieldset>
  );
}

interface NamedProps {
  tag: string;
  checked: boolean;
  disabled?: boolean;
  onToggle: () => void;
}

function Named({ tag, checked, disabled, onToggle }: NamedProps) {
  const { i18n } = useTranslation();
  const name = languageName(tag, i18n.language);
  const own = ownName(tag, i18n.language);
  return (
    <CheckBox
      checked={checked}
      disabled={disabled}
      onChange={onToggle}
      label={
        <>
          {name}
          {own.toLowerCase() !== name.toLowerCase() && (
            <>
              {" "}
              <bdi className="soft small" lang={tag}>
                {own}
              </bdi>
            </>
          )}
        </>
      }
    />
  );
}
