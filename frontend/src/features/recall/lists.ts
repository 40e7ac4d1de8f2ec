import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { skipTask, tasksInHand, unskipTask } from "@/api/tasks";
import { forgetDraft } from "@/lib/drafts";

export type Contribution = Schemas["Contribution"];
export type Kept = Schemas["KeptDraft"];
export type Held = Schemas["ListedTask"];
export const SORTS = ["written", "reviewed", "ranked"] as const satisfies readonly Contribution["kind"][];
export type Sort = (typeof SORTS)[number];

const paged = {
  initialPageParam: "",
  getNextPageParam: (last: { next_cursor: string | null }) => last.next_cursor,
  placeholderData: keepPreviousData,
};
const from = (cursor: string) => (cursor ? { cursor } : {});

/** Everything I handed in, or one sort of it, the newest first. */
export function useContributions(sort: Sort | null) {
  return useInfiniteQuery({
    ...paged,
    queryKey: ["tasks", "contributions", sort],
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/me/contributions", {
          params: { query: { ...(sort && { kind: sort }), ...from(pageParam) } },
        }),
      ),
  });
}

const IN_HAND = ["tasks", "inHand"] as const;
const KEPT = ["tasks", "drafts"] as const;

export function useInHand() {
  return useQuery({ queryKey: IN_HAND, staleTime: 0, queryFn: tasksInHand });
}

/** Texts begun whose task is over. */
export function useKept() {
  return useInfiniteQuery({
    ...paged,
    queryKey: KEPT,
    queryFn: ({ pageParam }) => data(api.GET("/api/v1/me/drafts", { params: { query: from(pageParam) } })),
  });
}

/** Put a task back for others, and take that back. */
export function usePutBack() {
  const queries = useQueryClient();
  const again = () => {
    void queries.invalidateQueries({ queryKey: IN_HAND });
    void queries.invalidateQueries({ queryKey: KEPT });
  };
  return {
    putBack: useMutation({
      mutationFn: (id: string) => skipTask(id, { reason: "other", note: "" }),
      onSettled: again,
    }),
    undo: useMutation({ mutationFn: unskipTask, onSettled: again }),
  };
}

/** Throw a kept text away, here and on the server. */
export function useThrowAway(person: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (task: string) =>
      data(api.DELETE("/api/v1/tasks/{task_id}/draft", { params: { path: { task_id: task } } })),
    onSuccess: (_gone, task) => forgetDraft(person, task),
    onSettled: () => void queries.invalidateQueries({ queryKey: KEPT }),
  });
}
