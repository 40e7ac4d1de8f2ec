import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useMe } from "@/api/me";
import { getAvailable, getWaiting, stopWaiting, taskKey, type Task, type Waiting } from "@/api/tasks";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { Arrived } from "./Arrived";
import { useListening } from "./listening";
import { Offers } from "./Offers";
import { wishedBy } from "./offers";
import { Reasons } from "./Reasons";
import styles from "./wait.module.css";
import { waits } from "./waiting";

/** Nothing to do just now: why, what else there is, and the next task by itself as soon as there is one. */
export default function WaitPage() {
  const { t } = useTranslation("wait");
  const [search] = useSearchParams();
  const tail = search.size > 0 ? `?${search.toString().replaceAll("%2C", ",")}` : "";
  const queries = useQueryClient();
  const {
    data: waiting,
    error,
    refetch,
  } = useQuery({
    queryKey: ["waiting", tail],
    queryFn: getWaiting,
    staleTime: 60_000,
    refetchInterval: 60_000, // the counts in the reasons are those of now
  });
  const navigate = useNavigate();
  const again = () => void navigate(`/task${tail}`, { replace: true });
  if (error && !waiting) {
    return (
      <Page title={t("title")}>
        <Trouble error={error} retry={() => void refetch()} />
      </Page>
    );
  }
  if (waiting === undefined) return <Page title={t("title")}>{<Loading />}</Page>;
  if (waiting === null) return <NotWaiting onAsk={again} />;
  return (
    <Waits
      waiting={waiting}
      tail={tail}
      onAgain={() => {
        queries.removeQueries({ queryKey: ["waiting", tail] });
        again();
      }}
    />
  );
}

function NotWaiting({ onAsk }: { onAsk: () => void }) {
  const { t } = useTranslation("wait");
  return (
    <Page title={t("notWaiting.title")} lead={t("notWaiting.lead")} width="narrow">
      <div className={styles["ways"]}>
        <Button look="primary" large onClick={onAsk}>
          {t("notWaiting.ask")}
        </Button>
        <ButtonLink to="/">{t("home")}</ButtonLink>
      </div>
    </Page>
  );
}

function Waits({ waiting, tail, onAgain }: { waiting: Waiting; tail: string; onAgain: () => void }) {
  const { t } = useTranslation("wait");
  const { data: me } = useMe();
  const [mode, tell] = useReducer(waits, { at: "waiting" });
  const [search] = useSearchParams();
  const wished = useMemo(() => wishedBy(search), [search]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const { data: available } = useQuery({
    queryKey: ["available"],
    queryFn: getAvailable,
    staleTime: 15_000,
    refetchInterval: 30_000,
  });
  useListening({
    since: waiting.since,
    onTask: (task: Task) => {
      queries.setQueryData(taskKey(task.id), task);
      tell({ type: "came", task });
    },
    onLapsed: onAgain,
    onRenew: onAgain,
  });
  useEffect(() => {
    if (mode.at === "left") void navigate("/", { replace: true });
  }, [mode.at, navigate]);

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
      {me && <Offers wished={wished} mine={me} counts={available?.counts ?? []} />}
      <div className={styles["ways"]}>
        <Button onClick={() => void leave()} busy={mode.at === "leaving"}>
          {t("leave")}
        </Button>
        <p className="soft small">{t("stays")}</p>
      </div>
    </Page>
  );
}
