import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { api, data, type Schemas } from "@/api/client";
import { useMe } from "@/api/me";
import { Button } from "@/components/Button";
import { DecisionDialog } from "@/components/decision/DecisionDialog";
import { DecisionLine } from "@/components/decision/DecisionLine";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";
import { Empty, Loading, Note, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Ago } from "@/components/Words";
import styles from "./appeals.module.css";
import { FiguresPart } from "./FiguresPart";

type Appeal = Schemas["Appeal"];
type State = "open" | "decided";
type Outcome = "uphold" | "grant";

/** What people say against decisions, and what became of that. */
export default function AppealsPage() {
  return (
    <ForModerators>
      <Appeals />
    </ForModerators>
  );
}

function useAppeals(state: State) {
  return useInfiniteQuery({
    queryKey: ["moderation", "appeals", state],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/appeals", {
          params: { query: { state, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  });
}

function Appeals() {
  const { t } = useTranslation("moderate");
  const { data: me } = useMe();
  const [params] = useSearchParams();
  const state: State = params.get("state") === "decided" ? "decided" : "open";
  const list = useAppeals(state);
  const items = list.data?.pages.flatMap((page) => page.results) ?? [];
  const [asked, ask] = useState<{ appeal: Appeal; outcome: Outcome } | null>(null);
  return (
    <Page title={t("appeals.title")} lead={t("appeals.lead")} width="wide">
      <Places />
      <nav className={styles["states"]} aria-label={t("appeals.which")}>
        {(["open", "decided"] as const).map((one) => (
          <Link
            key={one}
            to={{ search: one === "open" ? "" : `state=${one}` }}
            replace
            aria-current={one === state ? "page" : undefined}
          >
            {t(`appeals.${one}`)}
          </Link>
        ))}
      </nav>
      {list.isPending && <Loading lines={6} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Nothing state={state} />}
      <ul className={styles["appeals"]}>
        {items.map((appeal) => (
          <li key={appeal.id}>
            <One appeal={appeal} decide={(outcome) => ask({ appeal, outcome })} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common:showMore")}
        </Button>
      )}
      {me?.role === "admin" && <FiguresPart />}
      <Decide asked={asked} onClose={() => ask(null)} />
    </Page>
  );
}

function Nothing({ state }: { state: State }) {
  const { t } = useTranslation("moderate");
  if (state === "decided") return <Empty title={t("appeals.nothingDecided")} />;
  return <Empty title={t("appeals.nothingOpen")}>{t("appeals.nothingOpenHelp")}</Empty>;
}

/** One appeal: what they say, against what, and what can be done or became of it. */
function One({ appeal, decide }: { appeal: Appeal; decide: (outcome: Outcome) => void }) {
  const { t } = useTranslation("moderate");
  return (
    <article className={styles["appeal"]}>
      <h2>{t("appeals.says", { name: appeal.by.display_name })}</h2>
      <blockquote dir="auto">{appeal.text}</blockquote>
      <p className="soft small">
        <Ago at={appeal.at} />
      </p>
      <section className={styles["against"]}>
        <h3>{t("appeals.against")}</h3>
        <DecisionLine decision={appeal.decision} links />
      </section>
      {appeal.outcome ? (
        <Note
          tone={appeal.outcome === "granted" ? "good" : "info"}
          title={t(`appeals.outcome.${appeal.outcome}`, {
            name: appeal.decided_by?.display_name ?? t("log.system"),
          })}
        >
          <p dir="auto">{appeal.why}</p>
          <p className="soft small">
            <Ago at={appeal.decided_at} />
          </p>
        </Note>
      ) : appeal.mine ? (
        <Note>{t("appeals.yourOwn")}</Note>
      ) : (
        <div className={styles["ways"]}>
          <Button onClick={() => decide("grant")}>{t("appeals.grant")}…</Button>
          <Button look="primary" onClick={() => decide("uphold")}>
            {t("appeals.uphold")}…
          </Button>
        </div>
      )}
    </article>
  );
}

interface DecideProps {
  asked: { appeal: Appeal; outcome: Outcome } | null;
  onClose: () => void;
}

function Decide({ asked, onClose }: DecideProps) {
  const { t } = useTranslation("moderate");
  const { data: me } = useMe();
  const say = useSay();
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: ({ id, outcome, why }: { id: string; outcome: Outcome; why: string }) => {
      const sent = { params: { path: { appeal_id: id } }, body: { why, reason: "" as const } };
      return outcome === "grant"
        ? data(api.POST("/api/v1/moderation/appeals/{appeal_id}/grant", sent))
        : data(api.POST("/api/v1/moderation/appeals/{appeal_id}/uphold", sent));
    },
    onSuccess: (_decision, { outcome }) => {
      say(t(`cases.done.${outcome}`));
      onClose();
      return queries.invalidateQueries({ queryKey: ["moderation"] });
    },
  });
  const outcome = asked?.outcome ?? "uphold";
  return (
    <DecisionDialog
      open={asked !== null}
      onClose={() => {
        send.reset();
        onClose();
      }}
      title={t(`cases.ask.${outcome}.title`)}
      lead={t(`cases.ask.${outcome}.lead`)}
      go={t(`cases.ask.${outcome}.go`)}
      keptAs={`oa.why.${me?.id ?? ""}.${asked?.appeal.id ?? ""}.${outcome}`}
      busy={send.isPending}
      error={send.error}
      onDecide={({ why }) => asked && send.mutate({ id: asked.appeal.id, outcome, why })}
    />
  );
}
