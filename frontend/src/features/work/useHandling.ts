import { useQueryClient } from "@tanstack/react-query";
import { useEffect, type Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { Problem, problemOf } from "@/api/problems";
import {
  actOf,
  skipTask,
  taskKey,
  unskipTask,
  type Answer,
  type SkipReason,
  type Submitted,
  type Task,
  type Wish,
} from "@/api/tasks";
import { useSay } from "@/components/Toasts";
import type { DraftContent } from "@/components/task/types";
import type { DraftKeeper } from "@/lib/draftKeeper";
import { forgetDraft, moveDraft, submissionKey } from "@/lib/drafts";
import { consequenceOf, isNext, type Happening } from "./flow";
import { useGoing } from "./going";
import { handIn, type Post } from "./outgoing";
import { countOne, setAside, takeAside } from "./sitting";

interface Hands {
  task: Task;
  person: string;
  wish: Wish;
  tail: string;
  keeper: DraftKeeper<DraftContent>;
  post: Post;
  tell: Dispatch<Happening>;
}

/** Handing a task in, letting go of it, and taking that back. */
export function useHandling({ task, person, wish, tail, keeper, post, tell }: Hands) {
  const { t } = useTranslation("work");
  const say = useSay();
  const queries = useQueryClient();
  const going = useGoing(tail);

  /** It is out of the person's hands: what else the pages know of tasks is old now. */
  const closed = (status: "done" | "skipped") => {
    queries.setQueryData(taskKey(task.id), (old: Task | undefined) => old && { ...old, status });
    void queries.invalidateQueries({
      predicate: ({ queryKey: [of] }) => of !== "task" && of !== "me",
      refetchType: "none",
    });
  };

  const accepted = (done: Submitted, thanked: boolean) => {
    keeper.finish();
    forgetDraft(person, task.id);
    post.drop(task.id);
    countOne();
    closed("done");
    if (thanked) say(t(`thanks.${actOf(task.kind)}`));
    const aside = takeAside(task.id);
    if (aside && !(isNext(done.next) && done.next.task)) going.toId(aside);
    else going.to(done.next);
  };

  /** Keep it for later, because nobody answers. */
  const queue = (answer: Answer, key: string, error: unknown) => {
    const kept = post.put({ task: task.id, answer, key, at: Date.now() });
    tell(kept ? { type: "queue" } : { type: "refuse", problem: problemOf(error) });
  };

  const submit = async (answer: Answer) => {
    tell({ type: "send" });
    const key = submissionKey(person, task.id, answer);
    const aside = takeAside(task.id);
    if (aside) setAside(aside);
    try {
      accepted(await handIn(task.id, aside ? answer : { ...answer, next: wish }, key), true);
    } catch (error) {
      const problem = problemOf(error);
      if (consequenceOf(problem) === "queue") queue(answer, key, error);
      else tell({ type: "refuse", problem });
    }
  };

  // The outbox has sent what this page waits for.
  useEffect(() =>
    post.onHeard((entry, sent) => {
      if (entry.task !== task.id) return;
      if (sent.outcome === "sent") return accepted(sent.result, false);
      post.drop(task.id); // said here
      tell({ type: "refuse", problem: new Problem(sent.refusal) });
    }),
  );

  const undo = async (skipped: Task, instead: Task | null) => {
    try {
      const again = await unskipTask(skipped.id);
      if (!again) return say(t("skip.taken"));
      moveDraft(person, skipped.id, again.id);
      if (instead) setAside(instead.id);
      going.toTask(again);
    } catch (error) {
      say(problemOf(error).detail || t("skip.notUndone"));
    }
  };

  const skip = async (reason: SkipReason, note: string) => {
    tell({ type: "skip" });
    try {
      await keeper.flush();
      const { next } = await skipTask(task.id, { reason, note, next: wish });
      closed("skipped");
      const instead = isNext(next) ? next.task : null;
      say(t("skip.done"), { action: { label: t("common:undo"), run: () => void undo(task, instead) } });
      going.to(next);
    } catch (error) {
      tell({ type: "refuse", problem: problemOf(error) });
    }
  };

  return { submit, skip, undo: () => undo(task, null), going };
}
