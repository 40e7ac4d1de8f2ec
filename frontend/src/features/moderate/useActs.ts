import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, type Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { problemOf, type Problem } from "@/api/problems";
import type { Reason } from "@/components/decision/reasons";
import { useSay } from "@/components/Toasts";
import { TRIAGE } from "./lists";
import type { Triaged } from "./place";
import type { How, Move, Sifting } from "./sifting";

interface Act {
  item: Triaged;
  how: How;
  undo: boolean;
  reason: Reason | "";
  why: string;
}

function send({ item: { message }, how, undo, reason, why }: Act) {
  const params = { path: { message_id: message.id } };
  const looked = { params, body: { version: message.version, why } };
  const decided = { params, body: { why, reason } };
  if (how === "left") {
    return undo
      ? data(api.POST("/api/v1/moderation/triage/{message_id}/unlook", looked))
      : data(api.POST("/api/v1/moderation/triage/{message_id}/look", looked));
  }
  return undo
    ? data(api.POST("/api/v1/moderation/messages/{message_id}/restore", decided))
    : data(api.POST("/api/v1/moderation/messages/{message_id}/delete", decided));
}

/** Who was first, if it can be told. */
async function firstOne({ message }: Triaged, how: How): Promise<string> {
  const query = { tree: message.tree_id, verb: how === "left" ? ("look" as const) : ("delete" as const) };
  try {
    const { results } = await data(api.GET("/api/v1/moderation/decisions", { params: { query } }));
    return results.find((one) => one.message_id === message.id)?.by?.display_name ?? "";
  } catch {
    return "";
  }
}

/** What an act is refused with when another moderator was first. */
const TAKEN: Record<string, How> = { already_looked: "left", already_deleted: "deleted" };

/**
 * Leave a message as it is, delete it, take that back: seen at once, sent one after the other in the background, and
 * seen again if the server would not have it.
 */
export function useActs(items: readonly Triaged[], now: Sifting, move: Dispatch<Move>) {
  const { t } = useTranslation("moderate");
  const say = useSay();
  const queries = useQueryClient();
  // Acts that failed: what never happened is not taken back, and what a colleague did least of all.
  const failed = useRef(new Set<string>());

  // What can be taken back, once, and what hides the toast that offers it: a key does it too.
  const mine = useRef(new Map<string, () => void>());

  /** Nothing offers any more to take it back. False when nothing did. */
  function settle(id: string): boolean {
    mine.current.get(id)?.();
    return mine.current.delete(id);
  }

  async function refused(act: Act, problem: Problem) {
    const { id } = act.item.message;
    const how = TAKEN[problem.code];
    if (act.undo) {
      move({ do: "handle", id, how: act.how, among: items });
    } else if (how) {
      move({ do: "lose", id });
      const name = await firstOne(act.item, how);
      return say(name ? t(`first.${how}`, { name }) : problem.detail);
    } else {
      move({ do: "undo", id });
      if (problem.code === "message_changed") void queries.invalidateQueries({ queryKey: TRIAGE });
    }
    say([problem.detail || t("common:trouble.noAnswer"), problem.remedy].filter(Boolean).join(" "));
  }

  const { mutate } = useMutation({
    scope: { id: "moderate" },
    mutationFn: async (act: Act) => {
      const { id } = act.item.message;
      if (!act.undo) failed.current.delete(id);
      else if (failed.current.has(id)) return null;
      return send(act);
    },
    onError: (error, act) => {
      if (!act.undo) {
        failed.current.add(act.item.message.id);
        settle(act.item.message.id);
      }
      void refused(act, problemOf(error));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [...TRIAGE, "counts"] }),
  });

  const undo = (item: Triaged, how: How) => {
    if (!settle(item.message.id)) return;
    move({ do: "undo", id: item.message.id });
    say(t("undone"));
    mutate({ item, how, undo: true, reason: "", why: t("undoWhy") });
  };

  const handle = (item: Triaged, how: How, why: string, reason: Reason | "" = "") => {
    move({ do: "handle", id: item.message.id, how, among: items });
    const hide = say(t(`done.${how}`), {
      action: { label: t("common:undo"), run: () => undo(item, how) },
    });
    mine.current.set(item.message.id, hide);
    mutate({ item, how, undo: false, reason, why });
  };

  const last = lastOf(items, now);
  return {
    leave: (item: Triaged) => handle(item, "left", ""),
    remove: (item: Triaged, why: string, reason: Reason) => handle(item, "deleted", why, reason),
    /** Take the last act back; null when there is none, or it was in another list. */
    undoLast: last && (() => undo(last.item, last.how)),
  };
}

function lastOf(items: readonly Triaged[], { trail }: Sifting): { item: Triaged; how: How } | null {
  for (const { id, how } of trail.toReversed()) {
    const item = items.find(({ message }) => message.id === id);
    if (item) return { item, how };
  }
  return null;
}
