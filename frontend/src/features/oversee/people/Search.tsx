import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Select } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { useHotkeys } from "@/lib/hotkeys";
import styles from "./people.module.css";
import { ROLES, SORTS, STATUSES, type Asked } from "./usePeople";

interface Props {
  asked: Asked;
  change: (part: Partial<Asked>) => void;
}

/** Whom to look for, and in which order. */
export function Search({ asked, change }: Props) {
  const { t } = useTranslation("oversee");
  const choices = [
    ["role", "roles", ROLES, t("common:any")],
    ["status", "statuses", STATUSES, t("common:any")],
    ["sort", "sorts", SORTS, null],
  ] as const;
  return (
    <search className={styles["search"]}>
      <Words words={asked.search} onWords={(search) => change({ search })} />
      {choices.map(([name, words, values, any]) => (
        <Select
          key={name}
          label={t(`people.${name}`)}
          value={asked[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        >
          {any && <option value="">{any}</option>}
          {values.map((value) => (
            <option key={value} value={value}>
              {t(`people.${words}.${value}`)}
            </option>
          ))}
        </Select>
      ))}
    </search>
  );
}

/** What is typed is looked for as soon as the fingers rest. */
function Words({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const { t } = useTranslation("oversee");
  const [typed, setTyped] = useState(words);
  const [known, setKnown] = useState(words);
  const field = useRef<HTMLInputElement>(null);
  if (words !== known) {
    // The address changed by other means: back, or a link.
    setKnown(words);
    if (words !== typed.trim()) setTyped(words);
  }
  const latest = useRef(onWords);
  useEffect(() => {
    latest.current = onWords;
  });
  useEffect(() => {
    if (typed.trim() === words) return;
    const timer = setTimeout(() => latest.current(typed.trim()), 350);
    return () => clearTimeout(timer);
  }, [typed, words]);
  useHotkeys([{ keys: "/", label: t("people.search"), run: () => field.current?.focus() }]);
  return (
    <form
      className={styles["words"]}
      onSubmit={(event) => {
        event.preventDefault();
        onWords(typed.trim());
      }}
    >
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        dir="auto"
        enterKeyHint="search"
        maxLength={200}
        value={typed}
        aria-label={t("people.search")}
        placeholder={t("people.searchHint")}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
