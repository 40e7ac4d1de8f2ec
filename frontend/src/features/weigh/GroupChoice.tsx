import { useTranslation } from "react-i18next";
import { Select } from "@/components/Field";
import { languageName } from "@/lib/languages";
import { ALL, keyOf, type Group, type Report } from "./report";
import styles from "./weigh.module.css";
import { whole } from "./words";

interface Props {
  groups: Report["groups"];
  chosen: Group;
  choose: (group: Group) => void;
}

/** All messages, those of one language, or those of one role. */
export function GroupChoice({ groups, chosen, choose }: Props) {
  const { t, i18n } = useTranslation("weigh");
  const name = ({ lang, role }: Group) => {
    if (lang !== null) return languageName(lang, i18n.language);
    return t(role === null ? "group.all" : `group.${role}`);
  };
  const option = (group: Report["groups"][number]) => (
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
        onChange={(event) => choose(groups.find((group) => keyOf(group) === event.target.value) ?? ALL)}
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
