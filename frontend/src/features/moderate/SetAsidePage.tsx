import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, data, type Schemas } from "@/api/client";
import { Button } from "@/components/Button";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Ago, LanguageName } from "@/components/Words";
import { Also } from "./Also";
import { SET_ASIDE } from "./lists";
import styles from "./moderate.module.css";

type Aside = Schemas["SetAside"];

/** Texts that a machine could not read, with what it said of each, and a way to let it try again. */
export default function SetAsidePage() {
  return (
    <ForModerators>
      <Asides />
    </ForModerators>
  );
}

function Asides() {
  const { t } = useTranslation("moderate");
  const list = useInfiniteQuery({
    queryKey: SET_ASIDE,
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/set-aside", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  });
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Page title={t("setAside.title")} lead={t("setAside.lead")}>
      <Places />
      <Also />
      {list.isPending && <Loading lines={5} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty title={t("setAside.nothing")}>{t("setAside.nothingHelp")}</Empty>
      )}
      <ul className={styles["asides"]}>
        {items.map((item) => (
          <li key={item.id}>
            <One item={item} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common:showMore")}
        </Button>
      )}
    </Page>
  );
}

function One({ item }: { item: Aside }) {
  const { t } = useTranslation("moderate");
  const say = useSay();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () =>
      data(
        api.POST("/api/v1/moderation/set-aside/{due_id}/retry", { params: { path: { due_id: item.id } } }),
      ),
    onSuccess: () => {
      say(t("setAside.retried"));
      return queries.invalidateQueries({ queryKey: SET_ASIDE });
    },
  });
  return (
    <article className={styles["aside"]}>
      <p className={styles["facts"]}>
        <strong>{t(`setAside.kind.${item.kind}`)}</strong>
        <span>
          <LanguageName tag={item.lang} />
        </span>
        <span>{t("setAside.tries", { count: item.tries })}</span>
        <Ago at={item.at} />
      </p>
      <p lang={item.lang} dir="auto">
        {item.excerpt}
      </p>
      <p className={styles["error"]} dir="auto">
        {item.error}
      </p>
      {again.error && <Trouble error={again.error} />}
      <div className={styles["ways"]}>
        <Link to={`/trees/${item.tree_id}?message=${item.message_id}`}>{t("setAside.open")}</Link>
        <Button icon="undo" busy={again.isPending} onClick={() => again.mutate()}>
          {t("setAside.retry")}
        </Button>
      </div>
    </article>
  );
}
