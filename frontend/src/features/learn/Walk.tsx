import { Suspense, useEffect, useReducer, useState, type ComponentType } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { api, data, type Schemas } from "@/api/client";
import { useChangeMe, useMe } from "@/api/me";
import type { Act, Answer } from "@/api/tasks";
import { Button } from "@/components/Button";
import { Loading, Trouble } from "@/components/States";
import type { DraftContent, TaskScreenProps } from "@/components/task/types";
import { safeNext } from "@/lib/next";
import { End, Start } from "./Ends";
import { exampleOf } from "./examples";
import { Told } from "./Told";
import { walk } from "./walk";
import styles from "./Walk.module.css";

/** The screens of the real tasks, by what is done on them. */
export type Screens = Record<Act, ComponentType<TaskScreenProps>>;

/** Two minutes: one example of each kind of task on its real screen, with a word after each. */
export function Walk({ screens }: { screens: Screens }) {
  const { t } = useTranslation("learn");
  const labels = useQuery({
    queryKey: ["labels"],
    queryFn: () => data(api.GET("/api/v1/labels")),
    staleTime: Infinity,
  });
  const { data: me } = useMe();
  const [now, step] = useReducer(walk, { at: "start" });
  const leave = useLeave();
  const isNew = me != null && me.onboarded_at === null;
  // The next page takes the place of one that may have been scrolled far down.
  useEffect(() => void window.scrollTo({ top: 0 }), [now]);
  const skip = (
    <Button look="bare" icon="skip" mirrored onClick={() => leave()}>
      {t("skip")}
    </Button>
  );
  if (labels.error) return <Trouble error={labels.error} retry={() => void labels.refetch()} />;
  if (labels.data === undefined || me === undefined) return <Waiting />;
  switch (now.at) {
    case "start":
      return <Start isNew={isNew} onStart={() => step({ do: "start" })} skip={skip} />;
    case "doing":
      return (
        <Doing
          key={now.act}
          act={now.act}
          labels={labels.data.labels}
          Screen={screens[now.act]}
          onAnswer={(answer) => step({ do: "answer", answer })}
          skip={skip}
        />
      );
    case "told":
      return (
        <Told
          key={now.act}
          act={now.act}
          remarks={now.remarks}
          labels={labels.data.labels}
          isNew={isNew}
          onNext={() => step({ do: "next" })}
          skip={skip}
        />
      );
    case "end":
      return (
        <End
          isNew={isNew}
          isVisitor={me === null}
          onWork={() => leave("/task")}
          onAgain={() => step({ do: "again" })}
        />
      );
  }
}

function Waiting() {
  return (
    <div className={styles["waiting"]}>
      <Loading lines={5} />
    </div>
  );
}

interface DoingProps {
  act: Act;
  labels: readonly Schemas["Label"][];
  Screen: ComponentType<TaskScreenProps>;
  onAnswer: (answer: Answer) => void;
  skip: React.ReactNode;
}

function Doing({ act, labels, Screen, onAnswer, skip }: DoingProps) {
  const { t, i18n } = useTranslation("learn");
  const [content, keep] = useState<DraftContent>({});
  const task = exampleOf(act, labels, t, i18n.language);
  return (
    <Suspense fallback={<Waiting />}>
      <Screen task={task} draft={{ content, keep }} submit={onAnswer} busy={false} tools={skip} />
    </Suspense>
  );
}

/** Finished or skipped: it is not offered again, and whoever came from somewhere goes back there. */
function useLeave() {
  const { data: me } = useMe();
  const change = useChangeMe();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return (otherwise = "/") => {
    // Not waited for: should it fail, the walk is merely offered once more.
    if (me && me.onboarded_at === null) change.mutate({ onboarded: true });
    void navigate(safeNext(params.get("next"), otherwise));
  };
}
