import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useMe } from "@/api/me";
import {
  askNext,
  getAvailable,
  getWaiting,
  stopWaiting,
  taskKey,
  type Task,
  type Waiting,
  type Wish,
} from "@/api/tasks";
import { tailOf, wishOf } from "@/api/wish";
import { Button } from "@/components/Button";
import { Page } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Arrived } from "./Arrived";
import { useListening } from "./listening";
import { Offers } from "./Offers";
import { Reasons } from "./Reasons";
import styles from "./wait.module.css";
import { waits } from "./waiting";

/** Nothing to do just now: why, what else there is, and the next task by itself as soon as there is one. */
export default function WaitPage() {
  const { t } = useTranslation("wait");
  const [search] = useSearchParams();
  const asked = search.toString();
  const wish = useMemo(() => wishOf(new URLSearchParams(asked)), [asked]);
  const tail = tailOf(wish);
  // Looked at again only by what listens: whether one is off the list because a task came, only that can tell.
  const {
    data: waiting,
    error,
    refetch,
  } = useQuery({
    queryKey: ["waiting", tail],
    queryFn: getWaiting,
    staleTime: Infinity,
  });
  if (waiting) return <Waits waiting={waiting} wish={wish} tail={tail} />;
  // On no list: this address means that one wants to be.
  if (waiting === null) return <Navigate to={`/task${tail}`} replace />;
  return (
    <Page title={t("title")}>
      {error ? <Trouble error={error} retry={() => void refetch()} /> : <Loading />}
    </Page>
  );
}

function Waits({ waiting, wish, tail }: { waiting: Waiting; wish: Wish; tail: string }) {
  const { t } = useTranslation("wait");
  const { data: me } = useMe();
  const [mode, tell] = useReducer(waits, { at: "waiting" });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const { data: available } = useQuery({
    queryKey: ["available"],
    queryFn: getAvailable,
    staleTime: 15_000,
    refetchInterval: 30_000,
  });
  const come = (task: Task) => {
    queries.setQueryData(taskKey(task.id), task);
    tell({ type: "came", task });
  };
  const still = (now: Waiting) => {
    queries.setQueryData(["waiting", tail], { ...now, since: waiting.since });
  };
  useListening({
    since: waiting.since,
    onTask: come,
    onStill: still,
    onAsk: () => {
      if (mode.at !== "waiting") return;
      askNext(wish).then(
        (next) => (next.task ? come(next.task) : next.waiting && still(next.waiting)),
        () => void navigate(`/task${tail}`, { replace: true }), // which says why
      );
    },
  });
  useEffect(() => {
    if (mode.at !== "left") return;
    queries.removeQueries({ queryKey: ["waiting", tail] });
    void navigate("/", { replace: true });
  }, [mode.at, navigate, queries, tail]);

  async function leave() {
    tell({ type: "leave" });
    try {
      await stopWaiting();
      tell({ type: "gone" });
    } catch {
      say(t("cantLeave"));
      tell({ type: "stay" });
    }
  }

  if (mode.at === "arrived") {
    return <Arrived task={mode.task} to={`/task/${mode.task.id}${tail}`} />;
  }
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Reasons waiting={waiting} />
      <p className={styles["waits"]} role="status">
        <span className={styles["dot"]} aria-hidden="true" />
        {t("waits")}
      </p>
      {me && <Offers wish={wish} mine={me} counts={available?.counts ?? []} />}
      <div className={styles["ways"]}>
        <Button onClick={() => void leave()} busy={mode.at === "leaving"}>
          {t("leave")}
        </Button>
        <p className="soft small">{t("stays")}</p>
      </div>
    </Page>
  );
}
