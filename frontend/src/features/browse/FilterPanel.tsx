import { useTranslation } from "react-i18next";
import { useMe } from "@/api/me";
import { Button } from "@/components/Button";
import { CheckBox, Select, TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { languageName } from "@/lib/languages";
import styles from "./browse.module.css";
import { ROLES, STATES, type Filters, type Role, type State, type What } from "./filters";
import { useSpoken } from "./lists";

interface Props {
  what: What;
  filters: Filters;
  change: (part: Partial<Filters>) => void;
}

const NOTHING = { lang: "", state: "", role: "", after: "", before: "", mine: false } as const;

export function FilterPanel({ what, filters, change }: Props) {
  const { t } = useTranslation("browse");
  return (
    <div className={styles["panel"]}>
      <Languages lang={filters.lang} onLang={(lang) => change({ lang })} />
      <Select
        label={t("state")}
        value={filters.state}
        onChange={(event) => change({ state: event.target.value as State | "" })}
      >
        <option value="">{t("common:any")}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t(`common:state.${state}`)}
          </option>
        ))}
      </Select>
      {what === "messages" && (
        <Select
          label={t("role")}
          value={filters.role}
          onChange={(event) => change({ role: event.target.value as Role | "" })}
        >
          <option value="">{t("common:any")}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`common:role.${role}`)}
            </option>
          ))}
        </Select>
      )}
      <TextField
        label={t("after")}
        type="date"
        value={filters.after}
        max={filters.before || undefined}
        onChange={(event) => change({ after: event.target.value })}
      />
      <TextField
        label={t("before")}
        type="date"
        value={filters.before}
        min={filters.after || undefined}
        onChange={(event) => change({ before: event.target.value })}
      />
      <CheckBox
        label={t(`mine.${what}`)}
        checked={filters.mine}
        onChange={(event) => change({ mine: event.target.checked })}
      />
    </div>
  );
}

function Languages({ lang, onLang }: { lang: string; onLang: (lang: string) => void }) {
  const { t, i18n } = useTranslation("browse");
  const { data: me } = useMe();
  const spoken = useSpoken();
  const own = me?.languages ?? [];
  const named = (tags: readonly string[]) =>
    tags
      .map((tag) => ({ tag, name: languageName(tag, i18n.language) }))
      .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  const others = [...new Set([...spoken, lang].filter((tag) => tag !== "" && !own.includes(tag)))];
  return (
    <Select label={t("language")} value={lang} onChange={(event) => onLang(event.target.value)}>
      <option value="">{t("common:any")}</option>
      {[
        { label: t("languagesMine"), tags: named(own) },
        { label: t("languagesOthers"), tags: named(others) },
      ].map(
        ({ label, tags }) =>
          tags.length > 0 && (
            <optgroup key={label} label={label}>
              {tags.map(({ tag, name }) => (
                <option key={tag} value={tag}>
                  {name}
                </option>
              ))}
            </optgroup>
          ),
      )}
    </Select>
  );
}

/** What narrows the list now; a press takes it away. */
export function Chosen({ what, filters, change }: Props) {
  const { t, i18n } = useTranslation("browse");
  const day = (date: string) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(date));
  const words: Record<keyof typeof NOTHING, string> = {
    lang: filters.lang && languageName(filters.lang, i18n.language),
    state: filters.state && t(`common:state.${filters.state}`),
    role: filters.role && what === "messages" ? t(`common:role.${filters.role}`) : "",
    after: filters.after && t("afterDay", { day: day(filters.after) }),
    before: filters.before && t("beforeDay", { day: day(filters.before) }),
    mine: filters.mine ? t(`mine.${what}`) : "",
  };
  const set = (Object.keys(NOTHING) as (keyof typeof NOTHING)[]).filter((name) => words[name] !== "");
  return (
    <ul className={styles["chosen"]} aria-label={t("chosen")}>
      {set.map((name) => (
        <li key={name}>
          <button
            type="button"
            className={styles["chip"]}
            aria-label={t("without", { filter: words[name] })}
            onClick={() => change({ [name]: NOTHING[name] })}
          >
            {words[name]}
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
      {set.length > 1 && (
        <li>
          <Button look="bare" onClick={() => change(NOTHING)}>
            {t("clear")}
          </Button>
        </li>
      )}
    </ul>
  );
}
