import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api, data } from "@/api/client";
import { Button } from "@/components/Button";
import { DecisionDialog } from "@/components/decision/DecisionDialog";
import { DecisionLine, Sentence } from "@/components/decision/DecisionLine";
import type { Decision } from "@/components/decision/types";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { asAddress, asQuery, countOf, fileOf, NOTHING, readFilters, type Filters } from "./filters";
import styles from "./log.module.css";
import { Narrowed, Sieve } from "./Sieve";

const LOG = ["moderation", "decisions"] as const;

/** Everything that moderators and the system decided, the newest first. */
export default function LogPage() {
  return (
    <ForModerators>
      <Log />
    </ForModerators>
  );
}

function useFilters(): [Filters, (part: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<Filters>) =>
    setParams((now) => asAddress({ ...readFilters(now), ...part }), {
      replace: true,
      preventScrollReset: true,
    });
  return [readFilters(params), change];
}

function useLog(filters: Filters) {
  const asked = asQuery(filters);
  return useInfiniteQuery({
    queryKey: [...LOG, "list", asked],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/decisions", {
          params: { query: { ...asked, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
}

function Log() {
  const { t } = useTranslation("moderate");
  const [filters, change] = useFilters();
  const list = useLog(filters);
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  const [doomed, setDoomed] = useState<Decision | null>(null);
  return (
    <Page
      width="wide"
      title={t("log.title")}
      lead={t("log.lead")}
      actions={
        <>
          <a className={styles["file"]} href={fileOf(filters, "csv")} download>
            {t("log.csv")}
          </a>
          <a className={styles["file"]} href={fileOf(filters, "jsonl")} download>
            {t("log.jsonl")}
          </a>
        </>
      }
    >
      <Places />
      <Sieve filters={filters} change={change} />
      <Narrowed filters={filters} change={change} />
      {list.isPending && <Loading lines={8} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Nothing filters={filters} change={change} />}
      <ol className={styles["log"]} aria-label={t("log.list")} aria-busy={list.isPlaceholderData}>
        {items.map((decision) => (
          <li key={decision.id}>
            <DecisionLine
              decision={decision}
              links
              actions={
                decision.undoable && (
                  <Button look="bare" icon="undo" onClick={() => setDoomed(decision)}>
                    {t("undo")}
                  </Button>
                )
              }
            />
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common:showMore")}
        </Button>
      )}
      <Undo decision={doomed} onClose={() => setDoomed(null)} />
    </Page>
  );
}

function Nothing({ filters, change }: { filters: Filters; change: (part: Partial<Filters>) => void }) {
  const { t } = useTranslation("moderate");
  if (countOf(filters) === 0) return <Empty title={t("log.nothing")} />;
  return (
    <Empty
      title={t("log.nothingFound")}
      action={<Button onClick={() => change(NOTHING)}>{t("clearFilters")}</Button>}
    />
  );
}

/** Take a decision back, after a look at which one. */
function Undo({ decision, onClose }: { decision: Decision | null; onClose: () => void }) {
  const { t } = useTranslation("moderate");
  const say = useSay();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: ({ id, why }: { id: string; why: string }) =>
      data(
        api.POST("/api/v1/moderation/decisions/{decision_id}/undo", {
          params: { path: { decision_id: id } },
          body: { why, reason: "" },
        }),
      ),
    onSuccess: () => {
      say(t("log.undoDone"));
      onClose();
      return queries.invalidateQueries({ queryKey: ["moderation"] });
    },
  });
  const close = () => {
    undo.reset();
    onClose();
  };
  return (
    <DecisionDialog
      open={decision !== null}
      onClose={close}
      title={t("log.undoTitle")}
      lead={
        decision && (
          <>
            <p>
              <strong>
                <Sentence of={decision} />
              </strong>
            </p>
            <p>{t("log.undoLead")}</p>
          </>
        )
      }
      go={t("log.undoGo")}
      wordless
      busy={undo.isPending}
      error={undo.error}
      onDecide={({ why }) => decision && undo.mutate({ id: decision.id, why })}
    />
  );
}
