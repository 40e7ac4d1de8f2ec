import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import type { Me } from "@/api/me";
import { ButtonLink } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Loading, Note, Trouble } from "@/components/States";
import { Count, LanguageName } from "@/components/Words";
import { askFor, onOffer, type ActOnOffer } from "./available";
import styles from "./ChoosePart.module.css";
import { available, inHand } from "./queries";
import { useChosenLanguages } from "./useChosenLanguages";

/** The desk: one big button, and for those who would rather choose, what is open now by kind and language. */
export function ChoosePart({ me }: { me: Me }) {
  const { t } = useTranslation("choose");
  const mine = [...new Set([...me.languages, ...me.writing_languages])];
  const [chosen, toggle] = useChosenLanguages(mine);
  const open = useQuery({ ...available, refetchInterval: 10_000 });
  const held = useQuery(inHand);
  const offers = open.data && onOffer(open.data.counts, chosen);
  const wished = chosen.length === mine.length ? [] : chosen;
  if (held.isPending) {
    // What is in hand stands above the rest, and would push it down.
    return (
      <div className={styles["room"]}>
        <Loading lines={6} />
      </div>
    );
  }
  return (
    <>
      <InHand tasks={held.data?.results ?? []} />
      <section className={styles["ask"]}>
        <ButtonLink look="primary" large to={askFor({ langs: wished })}>
          {t("give")}
        </ButtonLink>
        <p className="soft">{t("giveHelp")}</p>
        <fieldset className={styles["langs"]}>
          <legend className="visually-hidden">{t("languages")}</legend>
          {mine.length > 1 &&
            mine.map((lang) => (
              <label className={styles["lang"]} key={lang}>
                <input type="checkbox" checked={chosen.includes(lang)} onChange={() => toggle(lang)} />
                <span>
                  <Icon name="check" size={16} />
                  <LanguageName tag={lang} />
                </span>
              </label>
            ))}
          <ButtonLink look="bare" icon="globe" to="/me/settings#languages">
            {t("changeLanguages")}
          </ButtonLink>
        </fieldset>
      </section>
      <section className={styles["section"]}>
        <h2>{t("now")}</h2>
        <p className="soft">{t("nowHelp")}</p>
        {open.error && <Trouble error={open.error} retry={() => void open.refetch()} />}
        {open.isPending && (
          <div className={styles["room"]}>
            <Loading lines={5} />
          </div>
        )}
        {offers?.every((one) => one.open === 0) && <AllDone />}
        {offers && (
          <ul className={styles["acts"]}>
            {offers.map((one) => (
              <ActCard key={one.act} offer={one} langs={wished} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function ActCard({ offer, langs }: { offer: ActOnOffer; langs: readonly string[] }) {
  const { t } = useTranslation("choose");
  return (
    <li className={styles["act"]}>
      <div>
        <h3>{t(`act.${offer.act}`)}</h3>
        <p className="soft small">{t(`actHelp.${offer.act}`)}</p>
      </div>
      <ul className={styles["kinds"]}>
        {offer.kinds.map(({ kind, open, langs: where }) => (
          <li key={kind}>
            {open > 0 ? (
              <Link className={styles["kind"]} to={askFor({ kinds: [kind], langs })}>
                <span>
                  {t(`common:kind.${kind}`)}
                  {where.length > 1 && <Where langs={where} />}
                </span>
                <span className={styles["open"]}>{t("open", { count: open })}</span>
              </Link>
            ) : (
              <span className={`${styles["kind"]} ${styles["none"]}`}>
                <span>{t(`common:kind.${kind}`)}</span>
                <span className={`${styles["open"]} ${styles["none"]}`}>{t("nothing")}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** "English 12 · German 9". */
function Where({ langs }: { langs: readonly { lang: string; open: number }[] }) {
  return (
    <span className={styles["where"]}>
      {langs.map(({ lang, open }, place) => (
        <span key={lang}>
          {place > 0 && " · "}
          <LanguageName tag={lang} /> <Count of={open} />
        </span>
      ))}
    </span>
  );
}

function InHand({ tasks }: { tasks: readonly Schemas["ListedTask"][] }) {
  const { t } = useTranslation("choose");
  const first = tasks[0];
  if (!first) return null;
  return (
    <Note
      title={t("inHand", { count: tasks.length })}
      actions={
        <ButtonLink look="primary" to={tasks.length === 1 ? `/task/${first.id}` : "/me/tasks"}>
          {t("goOn")}
        </ButtonLink>
      }
    >
      {tasks.length === 1 && t(`common:kind.${first.kind}`)} {t("inHandHelp")}
    </Note>
  );
}

function AllDone() {
  const { t } = useTranslation("choose");
  return (
    <Note title={t("allDone")} actions={<ButtonLink to="/task">{t("waitForOne")}</ButtonLink>}>
      {t("allDoneHelp")}
    </Note>
  );
}
