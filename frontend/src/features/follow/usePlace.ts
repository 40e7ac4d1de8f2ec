import { useEffect, useReducer, useRef, type Dispatch } from "react";
import { useSearchParams } from "react-router";
import type { Arbour } from "./model";
import { reading, start, type Move, type Place, type View } from "./reading";

/** Phones show one thread, wide screens the whole tree, unless the address says otherwise. */
function viewOf(params: URLSearchParams): View {
  const asked = params.get("view");
  if (asked === "tree" || asked === "thread") return asked;
  return window.matchMedia("(min-width: 48rem)").matches ? "tree" : "thread";
}

/** Where one is in the tree. The message and the view stand in the address, so that it can be sent and come back to. */
export function usePlace(arbour: Arbour): [Place, Dispatch<Move>] {
  const [params, setParams] = useSearchParams();
  const asked = params.get("message");
  const [place, move] = useReducer(
    (now: Place, one: Move) => reading(arbour, now, one),
    null,
    () => start(arbour, viewOf(params), asked),
  );
  const { current, view } = place;

  useEffect(() => {
    if (asked) move({ to: "message", id: asked }); // the address was changed by a link
  }, [asked]);

  const address = useRef({ params, setParams });
  useEffect(() => {
    address.current = { params, setParams };
  });
  const begun = useRef(view);
  useEffect(() => {
    const { params: now, setParams: go } = address.current;
    const next = new URLSearchParams(now);
    if (current === arbour.root.id) next.delete("message");
    else next.set("message", current);
    if (view !== begun.current || now.has("view")) next.set("view", view);
    if (next.toString() !== now.toString()) go(next, { replace: true, preventScrollReset: true });
  }, [current, view, arbour.root.id]);

  return [place, move];
}

/** After a move by key or link the message is in sight and has the focus. */
export function useInSight({ moves, current }: Place): void {
  const done = useRef(0);
  useEffect(() => {
    if (moves === done.current) return;
    done.current = moves;
    const item = document.getElementById(`message-${current}`);
    if (!item) return;
    item.focus({ preventScroll: true });
    const { top, bottom } = item.getBoundingClientRect();
    const fits = bottom - top < window.innerHeight * 0.8;
    if (top < 60 || bottom > window.innerHeight - 60)
      item.scrollIntoView({ block: fits ? "center" : "start" });
  }, [moves, current]);
}
