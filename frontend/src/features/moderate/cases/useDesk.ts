import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useReducer, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { isProblem, problemOf, type Problem } from "@/api/problems";
import { useSay } from "@/components/Toasts";
import type { Reason } from "@/components/decision/reasons";
import { trailing } from "./desk";
import type { Place } from "./place";
import { CASE, QUEUE } from "./queries";
import type { Case, Verb } from "./types";

/** What is sent with a decision. */
export interface Sent {
  verb: Verb;
  reason: Reason | "";
  why: string;
  until: string | null;
  /** The new text of an edit. */
  text: string;
  /** The new language of a move. */
  lang: string;
}

interface Options {
  /** Which cases are wanted next. */
  asked: Pick<Place, "cause" | "lang">;
  /** Go to a case; to null where nothing waits, or there is no next one. */
  go: (id: string | null) => void;
  /** Whether the next case comes after a decision. */
  onwards: boolean;
}

/** One after the other: a claim that its own decision has overtaken would be refused. */
const IN_TURN = { id: "desk" };

/** Somebody else was first, or is at it. */
const TAKEN = new Set(["already_decided", "in_other_hands"]);

/** Whose hands something is in, where a refusal says so. */
export function handsOf(problem: Problem): string {
  const { moderator } = problem.more;
  if (typeof moderator === "string") return moderator;
  const name = (moderator as { display_name?: unknown } | null | undefined)?.display_name;
  return typeof name === "string" ? name : "";
}

/** All that can be done at the desk of a moderator: take a case, give it back, decide, take that back. */
export function useDesk({ asked, go, onwards }: Options) {
  const { t } = useTranslation("moderate");
  const say = useSay();
  const queries = useQueryClient();
  const [trail, step] = useReducer(trailing, []);
  // What hides the toast that offers to take something back: a key does that too.
  const offers = useRef(new Map<string, () => void>());

  const put = (one: Case) => queries.setQueryData([...CASE, one.id], one);
  // Nobody waits for it: what was sent is done when it was answered, and the next case may begin.
  const stale = () => void queries.invalidateQueries({ queryKey: QUEUE });
  const told = (error: unknown) => {
    const problem = problemOf(error);
    say([problem.detail || t("common:trouble.noAnswer"), problem.remedy].filter(Boolean).join(" "));
  };
  const arrive = (next: Case | null | undefined) => {
    if (next) put(next);
    go(next?.id ?? null);
  };

  const next = useMutation({
    mutationFn: (after: string | null) =>
      data(api.POST("/api/v1/moderation/queue/next", { body: { ...asked, after } })),
    onSuccess: arrive,
    onError: told,
    onSettled: stale,
  });

  const claim = useMutation({
    scope: IN_TURN,
    // Quietly: while somebody works, the claim goes on by itself.
    mutationFn: ({ id }: { id: string; quietly?: boolean }) =>
      data(api.POST("/api/v1/moderation/queue/{case_id}/claim", { params: { path: { case_id: id } } })),
    onSuccess: put,
    onError: (error, { id, quietly }) => {
      if (quietly && !isProblem(error, "in_other_hands")) return;
      void queries.invalidateQueries({ queryKey: [...CASE, id] });
      told(error);
    },
    onSettled: (_held, _error, { quietly }) => (quietly ? undefined : stale()),
  });

  const release = useMutation({
    mutationFn: (id: string) =>
      data(api.POST("/api/v1/moderation/queue/{case_id}/release", { params: { path: { case_id: id } } })),
    onSettled: (_data, _error, id) => {
      void queries.invalidateQueries({ queryKey: [...CASE, id] });
      return stale();
    },
  });

  const undo = useMutation({
    mutationFn: ({ decision, why = "" }: { decision: string; case: string; why?: string }) =>
      data(
        api.POST("/api/v1/moderation/decisions/{decision_id}/undo", {
          params: { path: { decision_id: decision } },
          body: { why, reason: "" },
        }),
      ),
    onSuccess: (_undo, { case: id }) => {
      say(t("log.undoDone"));
      decide.reset(); // it is there to be decided again
      void queries.invalidateQueries({ queryKey: [...CASE, id] });
      go(id);
    },
    onError: told,
    onSettled: stale,
  });

  const takeBack = (decision: string, of: string) => {
    offers.current.get(decision)?.();
    offers.current.delete(decision);
    step({ undid: decision });
    undo.mutate({ decision, case: of });
  };

  const decide = useMutation({
    scope: IN_TURN,
    mutationFn: ({ one, sent }: { one: Case; sent: Sent }) =>
      data(
        api.POST("/api/v1/moderation/queue/{case_id}/decide", {
          params: { path: { case_id: one.id } },
          body: { ...sent, next: onwards, cause: asked.cause, lang_filter: asked.lang },
        }),
      ),
    onSuccess: ({ decision, next: following }, { one, sent }) => {
      if (decision.undoable) step({ did: { decision: decision.id, case: one.id } });
      const hide = say(t(`cases.done.${sent.verb}`), {
        ...(decision.undoable && {
          action: { label: t("common:undo"), run: () => takeBack(decision.id, one.id) },
        }),
      });
      offers.current.set(decision.id, hide);
      void queries.invalidateQueries({
        queryKey: [...CASE, one.id],
        refetchType: onwards ? "none" : "active",
      });
      if (onwards) arrive(following);
    },
    onSettled: stale,
  });

  return {
    next, claim, release, decide, undo,
    /** Whether a decision about this case is on its way or made: the page may still be about to leave it. */
    decides: (id: string) => decide.variables?.one.id === id && (decide.isPending || decide.isSuccess),
    /** Give a case back, and go to the one after it. */
    skip: (one: Case) => next.mutate(one.id),
    /** Somebody else was first: said in words, and the next one comes. */
    lost: (error: unknown, id: string): boolean => {
      const problem = problemOf(error);
      if (!TAKEN.has(problem.code)) return false;
      const name = handsOf(problem);
      say(name ? t(`cases.lost.${problem.code}`, { name, defaultValue: problem.detail }) : problem.detail);
      void queries.invalidateQueries({ queryKey: [...CASE, id] });
      if (onwards) next.mutate(id);
      return true;
    },
    /** Take the last decision back; null where there is none. */
    undoLast: trail.length > 0 ? () => takeBack(trail.at(-1)!.decision, trail.at(-1)!.case) : null,
  }; // prettier-ignore
}
