import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { ButtonLink } from "@/components/Button";
import { LanguageName } from "@/components/Words";
import type { Wish } from "@/api/tasks";
import { otherKinds, otherLanguages } from "./offers";
import styles from "./wait.module.css";

interface Props {
  wish: Wish;
  mine: Pick<Schemas["Me"], "languages" | "writing_languages">;
  counts: readonly Schemas["Count"][];
}

/** What else could be done now: other kinds of tasks, and the other languages one reads. */
export function Offers({ wish, mine, counts }: Props) {
  const { t } = useTranslation(["wait", "common"]);
  const kinds = otherKinds(counts, wish);
  const all = [...new Set([...mine.languages, ...mine.writing_languages])];
  const languages = otherLanguages(all, wish);
  const langs = wish.langs ? `&lang=${wish.langs.join(",")}` : "";
  return (
    <section className={styles["offers"]}>
      <h2>{t("meanwhile")}</h2>
      <ul className={styles["buttons"]}>
        {kinds.map(({ kind, open }) => (
          <li key={kind}>
            <ButtonLink to={`/task?kind=${kind}${langs}`} replace>
              {t(`common:kind.${kind}`)}
              <span className="soft small">{t("openNow", { count: open })}</span>
            </ButtonLink>
          </li>
        ))}
        {languages.map((lang) => (
          <li key={lang}>
            <ButtonLink to={`/task?lang=${lang}`} icon="globe" replace>
              <LanguageName tag={lang} />
            </ButtonLink>
          </li>
        ))}
        <li>
          <ButtonLink look="bare" to="/account/languages" icon="plus">
            {t("addLanguage")}
          </ButtonLink>
        </li>
        <li>
          <ButtonLink look="bare" to="/trees" icon="tree">
            {t("read")}
          </ButtonLink>
        </li>
      </ul>
    </section>
  );
}
