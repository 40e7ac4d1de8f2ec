import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Page } from "@/components/Page";
import { useHotkeys } from "@/lib/hotkeys";
import styles from "./browse.module.css";
import { Chosen, FilterPanel } from "./FilterPanel";
import { asAddress, countOf, type Filters, type What } from "./filters";

interface Props {
  what: What;
  filters: Filters;
  change: (part: Partial<Filters>) => void;
  children: ReactNode;
}

/** What stands over both lists: which list, the words, the filters. */
export function Frame({ what, filters, change, children }: Props) {
  const { t } = useTranslation("browse");
  const [open, setOpen] = useState(false);
  const count = countOf(filters, what);
  const kept = asAddress(filters).toString();
  const to = (list: What) => ({ pathname: `/${list}`, search: kept && `?${kept}` });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className={styles["bar"]}>
        <nav className={styles["tabs"]} aria-label={t("lists")}>
          <NavLink to={to("trees")}>{t("trees")}</NavLink>
          <NavLink to={to("messages")}>{t("messages")}</NavLink>
        </nav>
        <Search key={what} words={filters.search} onWords={(search) => change({ search })} />
        <Button
          className={styles["toggle"]}
          aria-expanded={open}
          aria-controls="browse-filters"
          onClick={() => setOpen(!open)}
        >
          {count > 0 ? t("filtersSet", { count }) : t("filters")}
          <Icon name={open ? "up" : "down"} size={18} />
        </Button>
      </div>
      <div id="browse-filters" hidden={!open}>
        <FilterPanel what={what} filters={filters} change={change} />
      </div>
      {!open && count > 0 && <Chosen what={what} filters={filters} change={change} />}
      {children}
    </Page>
  );
}

/** The words; what is typed is looked for as soon as the fingers rest. */
function Search({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const { t } = useTranslation("browse");
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
  useHotkeys([{ keys: "/", label: t("keySearch"), run: () => field.current?.focus() }]);
  return (
    <form
      role="search"
      className={styles["search"]}
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
        aria-label={t("search")}
        placeholder={t("searchHint")}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
