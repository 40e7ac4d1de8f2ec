import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { TreeState } from "@/components/TreeState";
import { Ago, LanguageName } from "@/components/Words";
import { directionOf } from "@/lib/languages";
import styles from "./browse.module.css";
import { asQuery, readFilters } from "./filters";
import { Frame } from "./Frame";
import { useTrees } from "./lists";
import { Excerpt, Results } from "./Results";
import { useFilters } from "./useFilters";

/** Conversations, found by their words, language, state and age. */
export default function TreesPage() {
  const { t } = useTranslation("browse");
  const [filters, change] = useFilters();
  const list = useTrees(filters);
  return (
    <Frame what="trees" filters={filters} change={change}>
      <Results
        list={list}
        label={t("trees")}
        narrowed={Object.keys(asQuery(filters, "trees")).length > 0}
        onClear={() => change(readFilters(new URLSearchParams()))}
        draw={(tree) => <TreeCard tree={tree} search={filters.search} />}
      />
    </Frame>
  );
}

function TreeCard({ tree, search }: { tree: Schemas["Tree"]; search: string }) {
  const { t } = useTranslation("browse");
  return (
    <article className={styles["card"]}>
      <p className={styles["words"]} lang={tree.lang} dir={directionOf(tree.lang)}>
        <Link to={`/trees/${tree.id}`}>
          {tree.prompt === null ? (
            // Nothing stays below a prompt that is deleted.
            t(tree.size > 0 ? "common:heldMessage" : "common:deletedMessage")
          ) : (
            <Excerpt text={tree.prompt} search={search} />
          )}
        </Link>
      </p>
      <p className={styles["facts"]}>
        <TreeState state={tree.state} />
        <span>
          <LanguageName tag={tree.lang} />
        </span>
        <span>{t("size", { count: tree.size })}</span>
        <span>
          <Ago at={tree.created_at} />
        </span>
        {tree.is_mine && <strong>{t("yours")}</strong>}
        {tree.archived && <span>{t("archived")}</span>}
      </p>
      {tree.waits_for && <p className={styles["waits"]}>{t("waitsFor", { what: tree.waits_for })}</p>}
    </article>
  );
}
