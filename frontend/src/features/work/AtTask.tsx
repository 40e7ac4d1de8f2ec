import { Suspense, useCallback, useEffect, useMemo, useReducer, useState } from "react";
import { actOf, extendTask, getTask, taskKey, type Task, type Wish } from "@/api/tasks";
import { useQueryClient } from "@tanstack/react-query";
import { checkFor } from "@/api/checks";
import { problemOf, type Problem } from "@/api/problems";
import { serverNow } from "@/lib/clock";
import { usePause } from "@/lib/pause";
import { beginning, flow, type Mode } from "./flow";
import { DraftConflict } from "./DraftConflict";
import { serverDraftOf, useDraft } from "./keeping";
import { useLease } from "./lease";
import { useOpenHere } from "./openTabs";
import { awaitNext, postOf, useOutgoing } from "./outgoing";
import { Over, Queued } from "./Over";
import { FirstElsewhere } from "./Refused";
import { Strip } from "./Strip";
import { TaskTools } from "./TaskTools";
import { useHandling } from "./useHandling";
import { Waiting } from "./Waiting";
import type { Screens } from "./screens";

interface Props {
  task: Task;
  person: string;
  wish: Wish;
  tail: string;
  screens: Screens;
}

/** What the screen is told of the mode. */
function standing(mode: Mode): { busy: boolean; problem: Problem | null } {
  const busy = mode.at === "sending" || mode.at === "skipping";
  return { busy, problem: mode.at === "working" ? mode.problem : null };
}

/** One task in somebody's hands: its screen, its draft, its time, and what becomes of it. */
export function AtTask({ task, person, wish, tail, screens }: Props) {
  const queries = useQueryClient();
  const post = postOf(person);
  const queued = useOutgoing(post).find((entry) => entry.task === task.id);
  const [mode, tell] = useReducer(flow, undefined, () => beginning(task, serverNow(), queued));
  const [keeper, draft] = useDraft(task, person);
  const { submit, skip, undo } = useHandling({ task, person, wish, tail, keeper, post, tell });
  const [comparing, setComparing] = useState(true);
  const paused = usePause(draft.content, 1500); // a dialog that opens under somebody's hands swallows what they type
  const lost = useCallback((error: unknown) => tell({ type: "refuse", problem: problemOf(error) }), []);
  const lease = useLease(task, mode.at === "working", lost);
  useOpenHere(task.id);

  const waits = mode.at === "queued";
  useEffect(() => (waits ? awaitNext(task.id, wish) : undefined), [waits, task.id, wish]);
  const refusedBefore = queued?.refused != null;
  useEffect(() => {
    if (refusedBefore) post.drop(task.id); // it is said here now
  }, [refusedBefore, post, task.id]);
  useEffect(() => {
    tell({ type: "seen", task, now: serverNow() });
    keeper.offer(serverDraftOf(task.draft));
  }, [task, keeper]);

  const handle = useMemo(() => ({ content: draft.content, keep: keeper.keep }), [draft.content, keeper]);
  const { id, lang } = task;
  const check = useMemo(() => checkFor({ id, lang }), [id, lang]);
  const Screen = screens[actOf(task.kind)];
  const { busy, problem } = standing(mode);

  async function takeBack() {
    tell({ type: "takeBack" });
    try {
      await extendTask(task.id);
      queries.setQueryData(taskKey(task.id), await getTask(task.id));
    } catch (error) {
      tell({ type: "refuse", problem: problemOf(error) });
    }
  }

  switch (mode.at) {
    case "working":
    case "sending":
    case "skipping":
      return (
        <>
          <Strip task={task} draft={draft} lease={lease} onCompare={() => setComparing(true)} />
          <Suspense fallback={<Waiting />}>
            <Screen
              key={draft.version}
              task={task}
              draft={handle}
              submit={(answer) => void submit(answer)}
              busy={busy}
              problem={problem ?? undefined}
              check={check}
              tools={<TaskTools task={task} busy={busy} onSkip={(reason, note) => void skip(reason, note)} />}
            />
          </Suspense>
          <FirstElsewhere problem={problem} />
          <DraftConflict
            draft={draft}
            open={comparing && paused && draft.theirs !== null}
            onClose={() => setComparing(false)}
            onResolve={(content) => keeper.resolve(content)}
          />
        </>
      );
    case "queued":
      return (
        <Queued
          task={task}
          draft={draft.content}
          onRetry={() => void post.flush()}
          onEdit={() => {
            post.drop(task.id);
            tell({ type: "edit" });
          }}
        />
      );
    case "over":
    case "returning":
      return (
        <Over
          task={task}
          draft={draft.content}
          ending={mode.ending}
          busy={mode.at === "returning"}
          tail={tail}
          onTakeBack={() => void takeBack()}
          onUndo={() => void undo()}
        />
      );
    default:
      return null;
  }
}
