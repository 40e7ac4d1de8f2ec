import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/problems";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { LanguageName } from "@/components/Words";
import { serverNow } from "@/lib/clock";
import { Drafts } from "./Drafts";
import { useInHand, usePutBack, type Held } from "./lists";
import { minutesLeft } from "./outcome";
import styles from "./recall.module.css";

/** What I have begun: tasks in hand, and texts whose task was over before they were done. */
export default function TasksPage() {
  const { t } = useTranslation("recall");
  const { data: tasks, error, isPending, refetch } = useInHand();
  const now = useMinutes();
  return (
    <Page title={t("tasks.title")} lead={t("tasks.lead")}>
      <section className={styles["part"]}>
        <h2>{t("tasks.inHand")}</h2>
        {error && <Trouble error={error} retry={() => void refetch()} />}
        {isPending && <Loading lines={3} />}
        {tasks?.length === 0 && (
          <Empty
            title={t("tasks.none")}
            action={
              <ButtonLink look="primary" to="/task">
                {t("contributions.begin")}
              </ButtonLink>
            }
          >
            {t("tasks.noneHelp")}
          </Empty>
        )}
        <ul className={styles["list"]}>
          {tasks?.map((task) => (
            <li key={task.id}>
              <InHand task={task} now={now} />
            </li>
          ))}
        </ul>
      </section>
      <Drafts />
    </Page>
  );
}

/** The time, told twice a minute. */
function useMinutes(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function InHand({ task, now }: { task: Held; now: number }) {
  const { t } = useTranslation("recall");
  const say = useSay();
  const { putBack, undo } = usePutBack();
  const left = minutesLeft(task.expires_at, now);
  const back = () =>
    putBack.mutate(task.id, {
      onSuccess: () =>
        say(t("tasks.isBack"), { action: { label: t("common:undo"), run: () => undo.mutate(task.id) } }),
      onError: (error) => say(problemOf(error).detail || t("common:trouble.unknown")),
    });
  return (
    <article className={styles["card"]}>
      <p className={styles["kind"]}>
        <strong>{t(`common:kind.${task.kind}`)}</strong>
        <span className="soft">
          <LanguageName tag={task.lang} />
        </span>
        {task.has_draft && <span className={styles["begun"]}>{t("tasks.begun")}</span>}
      </p>
      {left !== null && (
        <p className={left < 5 ? styles["soon"] : "soft"}>
          {left > 0 ? t("tasks.left", { count: left }) : t("tasks.over")}
        </p>
      )}
      <div className={styles["actions"]}>
        <ButtonLink look="primary" to={`/task/${task.id}`}>
          {t("tasks.continue")}
        </ButtonLink>
        <Button busy={putBack.isPending} onClick={back}>
          {t("tasks.putBack")}
        </Button>
      </div>
    </article>
  );
}
