import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { tasksInHand } from "@/api/tasks";
import type { Problem } from "@/api/problems";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Loading, Note, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import styles from "./work.module.css";

interface Props {
  problem: Problem;
  tail: string;
  retry: () => void;
}

/** No task, and why: each cause with its own way on. */
export function Refused({ problem, tail, retry }: Props) {
  const { t } = useTranslation("work");
  if (problem.code === "too_many_in_hand") return <FullHands tail={tail} />;
  return (
    <Page title={t("refused.title")} width="narrow">
      <Trouble error={problem} />
      <div className={styles["ways"]}>
        <WayOn problem={problem} retry={retry} />
        <ButtonLink to="/">{t("refused.home")}</ButtonLink>
      </div>
    </Page>
  );
}

function WayOn({ problem, retry }: Omit<Props, "tail">): ReactNode {
  const { t } = useTranslation("work");
  const { pathname, search } = useLocation();
  const next = `?next=${encodeURIComponent(pathname + search)}`;
  const go = (to: string, words: string) => (
    <ButtonLink look="primary" to={to}>
      {t(words)}
    </ButtonLink>
  );
  switch (problem.code) {
    case "terms_not_accepted":
      return go(`/terms${next}`, "refused.terms");
    case "not_signed_in":
      return go(`/account/sign-in${next}`, "refused.signIn");
    case "not_your_languages":
      return go("/account/languages", "refused.languages");
    case "too_many_tasks":
    case "no_such_task":
      return go("/task", "refused.any");
    case "disabled":
      return null;
    default:
      return (
        <Button look="primary" icon="undo" onClick={retry}>
          {t("refused.retry")}
        </Button>
      );
  }
}

/** Where to go first before this can be handed in, and back to it: signed out meanwhile, or new terms. */
export function FirstElsewhere({ problem }: { problem: Problem | null }) {
  if (problem?.code !== "not_signed_in" && problem?.code !== "terms_not_accepted") return null;
  return (
    <div className={styles["first"]}>
      <WayOn problem={problem} retry={() => undefined} />
    </div>
  );
}

/** Nobody holds more than some tasks at once: these are theirs. */
function FullHands({ tail }: { tail: string }) {
  const { t } = useTranslation(["work", "common"]);
  const {
    data: tasks,
    error,
    refetch,
  } = useQuery({ queryKey: ["tasks", "inHand"], queryFn: tasksInHand, staleTime: 0 });
  return (
    <Page title={t("fullHands.title")} lead={t("fullHands.lead")} width="narrow">
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!tasks && !error && <Loading />}
      <ul className={styles["hands"]}>
        {tasks?.map((task) => (
          <li key={task.id}>
            <Link to={`/task/${task.id}${tail}`}>
              <strong>{t(`common:kind.${task.kind}`)}</strong>
              <span className="soft small">
                <LanguageName tag={task.lang} /> · <Ago at={task.leased_at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {tasks?.length === 0 && <Note>{t("fullHands.none")}</Note>}
    </Page>
  );
}
