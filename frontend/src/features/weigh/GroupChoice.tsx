import { useTranslation } from "react-i18next";
import { Select } from "@/components/Field";
import { languageName } from "@/lib/languages";
import { keyOf, type Group } from "./report";
import styles from "./weigh.module.css";
import { whole } from "./words";

interface Props {
  groups: readonly Group[];
  chosen: Pick<Group, "lang" | "role">;
  choose: (group: Pick<Group, "lang" | "role">) => void;
}

/** All messages, those of one language, or those of one role. */
export function GroupChoice({ groups, chosen, choose }: Props) {
  const { t, i18n } = useTranslation("weigh");
  const name = ({ lang, role }: Pick<Group, "lang" | "role">) => {
    if (lang !== null) return languageName(lang, i18n.language);
    return t(role === null ? "group.all" : `group.${role}`);
  };
  const option = (group: Group) => (
    <option key={keyOf(group)} value={keyOf(group)}>
      {t("group.withCount", { name: name(group), messages: whole(group.n, i18n.language) })}
    </option>
  );
  const known = groups.some((group) => keyOf(group) === keyOf(chosen));
  return (
    <div className={styles["narrow"]}>
      <Select
        label={t("group.label")}
        value={keyOf(chosen)}
        onChange={(event) =>
          choose(groups.find((group) => keyOf(group) === event.target.value) ?? { lang: null, role: null })
        }
      >
        {!known && <option value={keyOf(chosen)}>{name(chosen)}</option>}
        {groups.filter(({ lang, role }) => lang === null && role === null).map(option)}
        <optgroup label={t("group.roles")}>{groups.filter(({ role }) => role !== null).map(option)}</optgroup>
        <optgroup label={t("group.languages")}>
          {groups.filter(({ lang }) => lang !== null).map(option)}
        </optgroup>
      </Select>
    </div>
  );
}
