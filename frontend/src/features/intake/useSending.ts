import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { IMPORTS } from "./asking";
import { send } from "./sending";
import type { Import } from "./types";
import { formOf, type Wish } from "./wish";

/** An upload: how far it is, and a way to stop it. Leaving the page stops it too, after a question. */
export function useSending(arrived: (made: Import) => void) {
  const queries = useQueryClient();
  const [share, setShare] = useState(0);
  const way = useRef<AbortController | null>(null);
  const sending = useMutation({
    mutationFn: (wish: Wish) => {
      setShare(0);
      way.current = new AbortController();
      return send(formOf(wish), setShare, way.current.signal);
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: [...IMPORTS, "list"] });
      arrived(made);
    },
  });
  const { isPending } = sending;
  useEffect(() => () => way.current?.abort(), []);
  useEffect(() => {
    if (!isPending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isPending]);
  const { error } = sending;
  const stopped = error instanceof DOMException && error.name === "AbortError";
  return {
    share,
    busy: isPending,
    error: stopped ? null : error,
    start: sending.mutate,
    stop: () => way.current?.abort(),
  };
}
