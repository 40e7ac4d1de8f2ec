import { useTranslation } from "react-i18next";
import { Ago, LanguageName } from "@/components/Words";
import styles from "./cases.module.css";
import type { CaseHead } from "./types";
import { useNames } from "./useNames";
import { peopleBehind } from "./why";

interface Props {
  items: readonly CaseHead[];
  current: string;
  onPick: (id: string) => void;
}

/** What waits, the worst first. */
export function CaseList({ items, current, onPick }: Props) {
  const { t } = useTranslation("moderate");
  return (
    <ol className={styles["list"]} aria-label={t("queue")}>
      {items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            data-case
            aria-current={item.id === current || undefined}
            onClick={() => onPick(item.id)}
          >
            <Causes of={item} />
            <span className={styles["excerpt"]} lang={item.lang || undefined} dir="auto">
              {item.excerpt || item.person?.display_name || t(`cases.subject.${item.subject}`)}
            </span>
            <span className={styles["facts"]}>
              {item.lang && (
                <span>
                  <LanguageName tag={item.lang} />
                </span>
              )}
              <Ago at={item.opened_at} />
              <Holder of={item} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Why it waits, as chips; with how many people are behind it where that is counted. */
export function Causes({ of: { causes } }: { of: Pick<CaseHead, "causes"> }) {
  const { t } = useTranslation("moderate");
  const { countOf } = useNames();
  return (
    <span className={styles["chips"]}>
      {causes.map((cause) => {
        const people = peopleBehind(cause);
        return (
          <span key={cause.code} className={styles["chip"]} data-cause={cause.code}>
            {t(`cases.cause.${cause.code}`)}
            {people !== null && people > 1 && ` × ${countOf(people)}`}
          </span>
        );
      })}
    </span>
  );
}

function Holder({ of: { mine, claimed_by } }: { of: CaseHead }) {
  const { t } = useTranslation("moderate");
  if (mine) return <strong>{t("cases.yours")}</strong>;
  if (!claimed_by) return null;
  return <strong>{t("cases.heldBy", { name: claimed_by.display_name })}</strong>;
}
