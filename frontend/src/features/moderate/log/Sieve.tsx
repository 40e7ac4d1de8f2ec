import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { Button } from "@/components/Button";
import { REASONS } from "@/components/decision/reasons";
import { Select, TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { countOf, NOTHING, VERBS, type Filters } from "./filters";
import styles from "./log.module.css";

interface Props {
  filters: Filters;
  change: (part: Partial<Filters>) => void;
}

/** Everybody who decides here. */
function useModerators() {
  return useQuery({
    queryKey: ["moderation", "people", "moderators"],
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      const of = (role: "moderator" | "admin") =>
        data(api.GET("/api/v1/moderation/people", { params: { query: { role, limit: 100 } }, signal }));
      const found = await Promise.all([of("moderator"), of("admin")]);
      return found.flatMap(({ results }) => results);
    },
  });
}

/** What narrows the log, behind a press. */
export function Sieve({ filters, change }: Props) {
  const { t } = useTranslation("moderate");
  const [open, setOpen] = useState(false);
  const count = countOf(filters);
  return (
    <div className={styles["sieve"]}>
      <Button aria-expanded={open} aria-controls="log-filters" onClick={() => setOpen(!open)}>
        {count > 0 ? t("filtersSet", { count }) : t("filters")}
        <Icon name={open ? "up" : "down"} size={18} />
      </Button>
      <div id="log-filters" hidden={!open} className={styles["panel"]}>
        {open && <Fields filters={filters} change={change} />}
      </div>
    </div>
  );
}

function Fields({ filters, change }: Props) {
  const { t, i18n } = useTranslation("moderate");
  const moderators = useModerators().data ?? [];
  const verbs = VERBS.map((verb) => ({ verb, name: t(`log.verb.${verb}`) })).sort((one, other) =>
    one.name.localeCompare(other.name, i18n.language),
  );
  const choice = (name: keyof Filters) => ({
    label: t(`log.filters.${name}`),
    value: filters[name],
    onChange: (event: { target: { value: string } }) =>
      change({ [name]: event.target.value } as Partial<Filters>),
  });
  return (
    <>
      <Select {...choice("verb")}>
        <option value="">{t("common:any")}</option>
        {verbs.map(({ verb, name }) => (
          <option key={verb} value={verb}>
            {name}
          </option>
        ))}
      </Select>
      <Select {...choice("reason")}>
        <option value="">{t("common:any")}</option>
        {REASONS.map((one) => (
          <option key={one} value={one}>
            {t(`common:decision.reasons.${one}`)}
          </option>
        ))}
      </Select>
      <Select {...choice("by")}>
        <option value="">{t("common:any")}</option>
        {moderators.map((one) => (
          <option key={one.id} value={one.id}>
            {one.display_name || one.email}
          </option>
        ))}
      </Select>
      <Select {...choice("who")}>
        <option value="">{t("common:any")}</option>
        <option value="people">{t("log.filters.people")}</option>
        <option value="system">{t("log.filters.system")}</option>
      </Select>
      <Select {...choice("undone")}>
        <option value="">{t("common:any")}</option>
        <option value="yes">{t("log.filters.yes")}</option>
        <option value="no">{t("log.filters.no")}</option>
      </Select>
      <TextField type="date" {...choice("since")} max={filters.until || undefined} />
      <TextField type="date" {...choice("until")} min={filters.since || undefined} />
      <PersonField change={change} />
    </>
  );
}

/** Find somebody by a part of their name or address. */
function PersonField({ change }: Pick<Props, "change">) {
  const { t } = useTranslation("moderate");
  const [typed, setTyped] = useState("");
  const search = typed.trim();
  const found = useQuery({
    queryKey: ["moderation", "people", "named", search],
    enabled: search.length > 1,
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/moderation/people", { params: { query: { search, limit: 6 } }, signal })),
  }).data?.results;
  return (
    <div className={styles["person"]}>
      <TextField
        type="search"
        autoComplete="off"
        label={t("log.filters.person")}
        hint={t("log.filters.personHint")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {search.length > 1 && found && (
        <ul className={styles["chips"]}>
          {found.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                onClick={() => {
                  change({ person: one.id });
                  setTyped("");
                }}
              >
                {one.display_name || one.email}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What the log is narrowed to by an address: somebody, a conversation, many decisions at once. A press takes it away. */
export function Narrowed({ filters, change }: Props) {
  const { t } = useTranslation("moderate");
  const { person, tree, message, batch } = filters;
  const name = useQuery({
    queryKey: ["moderation", "people", "named", person],
    enabled: person !== "",
    queryFn: () => data(api.GET("/api/v1/moderation/people", { params: { query: { search: person } } })),
  }).data?.results[0]?.display_name;
  const set = [
    person && { key: "person", words: t("log.about.person", { name: name ?? "…" }) },
    tree && { key: "tree", words: t("log.about.tree") },
    message && { key: "message", words: t("log.about.message") },
    batch && { key: "batch", words: t("log.about.batch") },
  ].filter(
    (one): one is { key: "person" | "tree" | "message" | "batch"; words: string } => typeof one === "object",
  );
  if (set.length === 0) return null;
  return (
    <ul className={styles["chips"]} aria-label={t("log.chosen")}>
      {set.map(({ key, words }) => (
        <li key={key}>
          <button
            type="button"
            aria-label={t("log.without", { filter: words })}
            onClick={() => change({ [key]: NOTHING[key] })}
          >
            {words}
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
