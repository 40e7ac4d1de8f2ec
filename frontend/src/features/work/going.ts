import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNavigate } from "react-router";
import { taskKey, type Following, type Next, type Task } from "@/api/tasks";
import { isNext } from "./flow";

/** Ways on from here; each takes the place of this page, so that Back leads out of the work and not through it. */
export function useGoing(tail: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toTask = useCallback(
    (task: Task) => {
      queries.setQueryData(taskKey(task.id), task);
      void navigate(`/task/${task.id}${tail}`, { replace: true });
    },
    [queries, navigate, tail],
  );
  const to = useCallback(
    (next: Next | Following | null) => {
      if (isNext(next) && next.task) return toTask(next.task);
      if (isNext(next) && next.waiting) {
        queries.setQueryData(["waiting", tail], next.waiting);
        void navigate(`/wait${tail}`, { replace: true });
        return;
      }
      // Refused, or not asked for: the page that asks says why.
      void navigate(`/task${tail}`, { replace: true });
    },
    [queries, navigate, tail, toTask],
  );
  const toId = useCallback(
    (id: string) => void navigate(`/task/${id}${tail}`, { replace: true }),
    [navigate, tail],
  );
  return { to, toTask, toId };
}
