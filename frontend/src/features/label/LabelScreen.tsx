import { useId, useMemo, useRef, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Button } from "@/components/Button";
import { Note, Trouble } from "@/components/States";
import { Columns } from "@/components/task/Columns";
import { GuidelineHint } from "@/components/task/Guideline";
import { Scene } from "@/components/task/Scene";
import { TaskBar } from "@/components/task/TaskBar";
import { TaskSheet } from "@/components/task/TaskSheet";
import type { TaskScreenProps } from "@/components/task/types";
import { Choice } from "./Choice";
import { Flags } from "./Flags";
import {
  answersOf,
  begun,
  firstMissing,
  isAnswered,
  judge,
  keyOf,
  questionsOf,
  stepsOf,
  type Act,
} from "./judging";
import type { Question } from "./judging";
import styles from "./label.module.css";
import { useLabelKeys } from "./useLabelKeys";

/** A message to review: read it on one side, answer on the other, without going to and fro. */
export default function LabelScreen({ task, draft, submit, busy, problem, tools }: TaskScreenProps) {
  const { t } = useTranslation(["label", "common"]);
  const id = useId();
  const steps = useMemo(() => stepsOf(task.form?.labels ?? []), [task.form]);
  const [judgement, setJudgement] = useState(() => begun(draft.content));
  // What the next key builds on, should it come before this one is drawn.
  const latest = useRef(judgement);
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      steps.findIndex((step) => !isAnswered(judgement, step)),
    ),
  );
  const [pointed, setPointed] = useState<Question | null>(null);
  const [said, setSaid] = useState("");
  const [lacking, setLacking] = useState(false);

  function act(what: Act) {
    latest.current = judge(latest.current, what);
    setJudgement(latest.current);
    draft.keep({ ...draft.content, ...latest.current });
  }

  function go(place: number) {
    const step = steps[place];
    if (step) setCurrent(place);
    document.getElementById(step ? `${id}-${keyOf(step)}` : `${id}-send`)?.focus();
  }

  function send() {
    if (busy) return;
    const missing = firstMissing(latest.current, steps);
    if (missing >= 0) {
      setLacking(true);
      setSaid(t("missing", { title: questionsOf(steps[missing]!)[0]?.title ?? "" }));
      go(missing);
      return;
    }
    submit({ labels: answersOf(latest.current, steps), not_rankable: false });
  }

  useLabelKeys({ steps, current, go, act, say: setSaid, send });
  const step = steps[current];
  const about = pointed ?? (step?.kind === "choice" ? step.question : null);
  const done = steps.filter((step) => isAnswered(judgement, step)).length;
  const ready = firstMissing(judgement, steps) < 0;

  return (
    <TaskSheet
      of={task.id}
      wide
      title={t(`common:kind.${task.kind}`)}
      bar={
        <TaskBar
          tools={tools}
          hint={
            <>
              {t("progress", { done, all: steps.length })}
              {ready && (
                <span className={styles["enter"]}>
                  <Trans t={t} i18nKey="pressEnter" components={[<kbd key="key" />]} />
                </span>
              )}
            </>
          }
        >
          <Button id={`${id}-send`} look="primary" busy={busy} onClick={send}>
            {t("send")}
          </Button>
        </TaskBar>
      }
    >
      <Columns
        wider="second"
        first={
          <>
            <GuidelineHint kind={task.kind} />
            <Scene turns={task.conversation} />
            <Machines remarks={task.remarks ?? []} />
          </>
        }
        second={
          <section
            className={styles["card"]}
            data-lacking={lacking || undefined}
            aria-labelledby={`${id}-about`}
          >
            <h2 id={`${id}-about`} className="visually-hidden">
              {t(`about.${task.kind}`)}
            </h2>
            {problem && <Trouble error={problem} />}
            <p className={styles["help"]} aria-hidden="true">
              {about && (
                <>
                  <strong>{about.title}</strong> {about.help}
                </>
              )}
            </p>
            {steps.map((step, place) => {
              const common = {
                id: `${id}-${keyOf(step)}`,
                judgement,
                current: place === current,
                onAct: act,
                onCurrent: () => setCurrent(place),
                onPoint: setPointed,
              };
              return step.kind === "flags" ? (
                <Flags key="flags" {...common} questions={step.questions} />
              ) : (
                <Choice key={step.question.name} {...common} step={step} />
              );
            })}
            <p className="visually-hidden" role="status">
              {said}
            </p>
          </section>
        }
      />
    </TaskSheet>
  );
}

/** What machines say of the text, quietly: they may be wrong, and it is the reviewer who judges. */
function Machines({ remarks }: { remarks: readonly Schemas["ReviewersRemark"][] }) {
  const { t } = useTranslation("label");
  if (remarks.length === 0) return null;
  return (
    <Note>
      <ul className={styles["said"]}>
        {remarks.map(({ code, kind, text }) => (
          <li key={`${code} ${kind}`}>{text}</li>
        ))}
      </ul>
      <p className="soft small">{t("machines")}</p>
    </Note>
  );
}
