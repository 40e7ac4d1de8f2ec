import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, data } from "@/api/client";
import { useMachine } from "@/api/screening";
import { areAwaited, lacksScores, pauseAfter } from "./scoring";

/** A whole tree with its messages and its history. While a machine is reading what was just written, asked for again. */
export function useTree(id: string) {
  const tree = useQuery({
    queryKey: ["trees", "one", id],
    queryFn: () => data(api.GET("/api/v1/trees/{tree_id}", { params: { path: { tree_id: id } } })),
  });
  const messages = tree.data?.messages ?? [];
  const machine = useMachine(messages.some(lacksScores));
  useAgain(areAwaited(messages, machine), tree.refetch, tree.dataUpdatedAt);
  return tree;
}

/** Ask again and again while something is awaited, ever more slowly; not for long. */
function useAgain(awaited: boolean, ask: () => Promise<unknown>, asked: number) {
  const [opened] = useState(() => Date.now());
  useEffect(() => {
    const pause = awaited && pauseAfter(Date.now() - opened);
    if (pause === false) return;
    const timer = setTimeout(() => void ask(), pause);
    return () => clearTimeout(timer);
  }, [awaited, ask, asked, opened]);
}
