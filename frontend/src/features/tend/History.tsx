import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Card } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import { useHistory, type Version } from "./asking";
import styles from "./tend.module.css";
import { written } from "./words";

/** Every policy there was: what was changed, by whom, and why. */
export function History({ lang }: { lang: string }) {
  const { t } = useTranslation("tend");
  const found = useHistory(lang);
  const versions = found.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section className={styles["history"]} aria-labelledby="history">
      <h2 id="history">{t("history.title")}</h2>
      {found.isPending && <Loading />}
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.data && versions.length === 0 && <p>{t("history.none")}</p>}
      {versions.map((version) => (
        <One key={version.id} version={version} />
      ))}
      {found.hasNextPage && (
        <div>
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("common:showMore")}
          </Button>
        </div>
      )}
    </section>
  );
}

function One({ version }: { version: Version }) {
  const { t, i18n } = useTranslation("tend");
  const say = (what: unknown) => written(what, i18n.language, t("policy.yes"), t("policy.no"));
  return (
    <Card as="article" className={styles["version"] ?? ""}>
      <p>
        <strong>{version.note || t("history.noNote")}</strong>
      </p>
      <p className="soft small">
        {version.by?.display_name ?? t("history.system")} · <Ago at={version.at} />
        {version.lang && (
          <>
            {" · "}
            <LanguageName tag={version.lang} />
          </>
        )}
      </p>
      <ul className={styles["plain"]}>
        {version.changes.map((change) => (
          <li key={change.field}>
            <span className={styles["name"]}>{change.field}</span>:{" "}
            <bdi>{t("history.change", { before: say(change.before), after: say(change.after) })}</bdi>
          </li>
        ))}
      </ul>
    </Card>
  );
}
