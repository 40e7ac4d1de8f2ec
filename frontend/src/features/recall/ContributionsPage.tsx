import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Button, ButtonLink } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import { directionOf } from "@/lib/languages";
import { DataSets } from "./DataSets";
import { SORTS, useContributions, type Contribution, type Sort } from "./lists";
import { toneOf } from "./outcome";
import styles from "./recall.module.css";

const ICONS: Record<Sort, IconName> = { written: "edit", reviewed: "eye", ranked: "equal" };

/** Everything I handed in, and what became of it. */
export default function ContributionsPage() {
  const { t } = useTranslation("recall");
  const [params] = useSearchParams();
  const sort = SORTS.find((one) => one === params.get("kind")) ?? null;
  const list = useContributions(sort);
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Page title={t("contributions.title")} lead={t("contributions.lead")}>
      <nav className={styles["tabs"]} aria-label={t("contributions.sorts")}>
        {[null, ...SORTS].map((one) => (
          <Link
            key={one}
            to={one ? `?kind=${one}` : "?"}
            replace
            aria-current={one === sort ? "page" : undefined}
          >
            {t(`contributions.sort.${one ?? "all"}`)}
          </Link>
        ))}
      </nav>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={8} />}
      {list.data && items.length === 0 && (
        <Empty
          title={t(`contributions.empty.${sort ?? "all"}`)}
          action={
            <ButtonLink look="primary" to="/task">
              {t("contributions.begin")}
            </ButtonLink>
          }
        >
          {t("contributions.emptyHelp")}
        </Empty>
      )}
      <ul className={`${styles["list"]} ${list.isPlaceholderData ? styles["old"] : ""}`}>
        {items.map((one) => (
          <li key={one.task_id}>
            <Done item={one} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          className={styles["further"]}
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("common:showMore")}
        </Button>
      )}
    </Page>
  );
}

function Done({ item }: { item: Contribution }) {
  const { t } = useTranslation("recall");
  const words = item.excerpt || t("contributions.gone");
  return (
    <article className={styles["card"]}>
      <p className={styles["kind"]}>
        <Icon name={ICONS[item.kind]} size={18} />
        <strong>{t(`contributions.kind.${item.task_kind}`)}</strong>
        <span className="soft">
          <LanguageName tag={item.lang} />
        </span>
        <span className="soft">
          <Ago at={item.at} />
        </span>
      </p>
      <p
        className={styles["words"]}
        lang={item.excerpt ? item.lang : undefined}
        dir={item.excerpt ? directionOf(item.lang) : undefined}
      >
        {item.tree_id ? (
          <Link to={`/trees/${item.tree_id}${item.message_id ? `?message=${item.message_id}` : ""}`}>
            {words}
          </Link>
        ) : (
          words
        )}
      </p>
      <p className={`${styles["outcome"]} ${styles[toneOf(item.outcome.code)]}`}>{item.outcome.text}</p>
      {item.kind === "written" && item.message_id && item.outcome.code !== "deleted" && (
        <DataSets
          id={item.message_id}
          withdrawn={item.withdrawn}
          isPrompt={item.task_kind === "initial_prompt"}
        />
      )}
    </article>
  );
}
