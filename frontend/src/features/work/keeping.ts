import { useEffect, useState, useSyncExternalStore } from "react";
import { isProblem, problemOf } from "@/api/problems";
import { putDraft, type Task } from "@/api/tasks";
import type { DraftContent } from "@/components/task/types";
import { DraftKeeper, type DraftView, type Saved } from "@/lib/draftKeeper";
import { draftKey, type ServerDraft } from "@/lib/drafts";
import { isAway } from "./flow";

/** What the server keeps for a task, as ours: other programs may have kept something else. */
export function serverDraftOf(
  draft: { content: unknown; revision: number } | null,
): ServerDraft<DraftContent> | null {
  if (!draft) return null;
  const { content, revision } = draft;
  const ours = typeof content === "object" && content !== null && !Array.isArray(content);
  return { content: ours ? (content as DraftContent) : {}, revision };
}

async function save(task: string, content: DraftContent, base: number | null): Promise<Saved<DraftContent>> {
  try {
    const { revision } = await putDraft(task, content, base ?? 0);
    return { outcome: "saved", revision };
  } catch (error) {
    const problem = problemOf(error);
    if (isProblem(error, "draft_changed_elsewhere")) {
      const theirs = serverDraftOf({
        content: problem.more["content"],
        revision: Number(problem.more["revision"]),
      });
      return { outcome: "conflict", theirs: theirs! };
    }
    const later = isAway(problem) || problem.status === 401 || problem.status === 429;
    return { outcome: later ? "away" : "refused" };
  }
}

/** The draft of a task, kept with every keystroke; and what of it the page shows. */
export function useDraft(task: Task, person: string): [DraftKeeper<DraftContent>, DraftView<DraftContent>] {
  const [keeper] = useState(
    () =>
      new DraftKeeper<DraftContent>({
        person,
        task: task.id,
        blank: {},
        server: serverDraftOf(task.draft),
        save: (content, base) => save(task.id, content, base),
      }),
  );
  const view = useSyncExternalStore(keeper.subscribe, keeper.view);
  useEffect(() => {
    const key = draftKey(person, task.id);
    const hidden = () => document.visibilityState === "hidden" && keeper.leave();
    const online = () => void keeper.flush();
    const elsewhere = (event: StorageEvent) => event.key === key && keeper.follow();
    keeper.start();
    window.addEventListener("pagehide", keeper.leave);
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("online", online);
    window.addEventListener("storage", elsewhere);
    return () => {
      keeper.leave();
      window.removeEventListener("pagehide", keeper.leave);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("online", online);
      window.removeEventListener("storage", elsewhere);
    };
  }, [keeper, person, task.id]);
  return [keeper, view];
}
