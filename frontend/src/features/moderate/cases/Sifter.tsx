import { useTranslation } from "react-i18next";
import { CheckBox, Select } from "@/components/Field";
import styles from "./cases.module.css";
import { CAUSES, type Place } from "./place";
import type { Counts } from "./types";
import { useNames } from "./useNames";

interface Props {
  place: Place;
  counts: Counts | undefined;
  change: (part: Partial<Place>) => void;
}

/** What narrows the queue: why something waits, in which language, and whether only one's own is shown. */
export function Sifter({ place, counts, change }: Props) {
  const { t, i18n } = useTranslation("moderate");
  const { languageOf, countOf } = useNames();
  const causes = CAUSES.filter((one) => one === place.cause || (counts?.causes[one] ?? 0) > 0);
  const languages = [...new Set([...Object.keys(counts?.languages ?? {}), place.lang].filter(Boolean))]
    .map((tag) => ({ tag, name: languageOf(tag) }))
    .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  const numbered = (name: string, count: number | undefined) =>
    t("cases.numbered", { name, number: countOf(count ?? 0) });
  return (
    <div className={styles["sifter"]}>
      <Select
        label={t("kinds")}
        value={place.cause}
        onChange={(event) => change({ cause: event.target.value as Place["cause"] })}
      >
        <option value="">{t("common:any")}</option>
        {causes.map((one) => (
          <option key={one} value={one}>
            {numbered(t(`cases.cause.${one}`), counts?.causes[one])}
          </option>
        ))}
      </Select>
      <Select
        label={t("language")}
        value={place.lang}
        onChange={(event) => change({ lang: event.target.value })}
      >
        <option value="">{t("common:any")}</option>
        {languages.map(({ tag, name }) => (
          <option key={tag} value={tag}>
            {numbered(name, counts?.languages[tag])}
          </option>
        ))}
      </Select>
      <CheckBox
        label={t("cases.onlyMine", { number: countOf(counts?.mine ?? 0) })}
        checked={place.mine}
        onChange={(event) => change({ mine: event.target.checked })}
      />
    </div>
  );
}
