import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { Button } from "@/components/Button";
import { CheckBox, Select } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Count } from "@/components/Words";
import { languageName } from "@/lib/languages";
import styles from "./moderate.module.css";
import { asAddress, countOf, KINDS, ROLES, type Place } from "./place";

type Counts = Schemas["TriageCounts"];

interface Props {
  place: Place;
  counts: Counts | undefined;
}

/** Nothing is counted beyond this. */
const MOST = 1000;

/** Why messages wait, each with how many do. */
export function Kinds({ place, counts }: Props) {
  const { t } = useTranslation("moderate");
  return (
    <nav className={styles["kinds"]} aria-label={t("kinds")}>
      {KINDS.map((kind) => (
        <Link
          key={kind}
          to={{ search: asAddress({ ...place, kind, message: "" }).toString() }}
          replace
          aria-current={kind === place.kind ? "page" : undefined}
        >
          <span>{t(`kind.${kind}.name`)}</span>
          {counts && (
            <span className={styles["count"]}>
              <Count of={counts[kind]} />
              {counts[kind] >= MOST && "+"}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

interface Changing extends Props {
  change: (part: Partial<Place>) => void;
  /** What stands on the same line. */
  children: ReactNode;
}

/** What narrows the list, behind a press. */
export function Filters({ place, counts, change, children }: Changing) {
  const { t } = useTranslation("moderate");
  const count = countOf(place);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles["filters"]}>
      <div className={styles["line"]}>
        <Button aria-expanded={open} aria-controls="triage-filters" onClick={() => setOpen(!open)}>
          {count > 0 ? t("filtersSet", { count }) : t("filters")}
          <Icon name={open ? "up" : "down"} size={18} />
        </Button>
        {children}
      </div>
      <div id="triage-filters" hidden={!open} className={styles["panel"]}>
        <Languages place={place} counts={counts} change={change} />
        <Select
          label={t("role")}
          value={place.role}
          onChange={(event) => change({ role: event.target.value as Place["role"] })}
        >
          <option value="">{t("common:any")}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`common:role.${role}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t("judged.label")}
          value={place.judged}
          onChange={(event) => change({ judged: event.target.value as Place["judged"] })}
        >
          <option value="">{t("common:any")}</option>
          <option value="true">{t("judged.true")}</option>
          <option value="false">{t("judged.false")}</option>
        </Select>
        <CheckBox
          label={t("archivedOnes")}
          checked={place.archived}
          onChange={(event) => change({ archived: event.target.checked })}
        />
      </div>
    </div>
  );
}

function Languages({ place, counts, change }: Omit<Changing, "children">) {
  const { t, i18n } = useTranslation("moderate");
  const named = [...new Set([...Object.keys(counts?.languages ?? {}), place.lang].filter(Boolean))]
    .map((tag) => ({ tag, name: languageName(tag, i18n.language) }))
    .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <Select
      label={t("language")}
      value={place.lang}
      onChange={(event) => change({ lang: event.target.value })}
    >
      <option value="">{t("common:any")}</option>
      {named.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {name}
        </option>
      ))}
    </Select>
  );
}
