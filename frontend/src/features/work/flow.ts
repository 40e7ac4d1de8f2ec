import { NO_ANSWER, Problem } from "@/api/problems";
import type { Following, Next, Task } from "@/api/tasks";
import type { Refusal } from "@/lib/outbox";

/** Why a task can't be handed in (any more): a code of the API, or what its status says. */
export interface Ending {
  code: string;
  /** The server's words, for codes the pages have no words of their own for. */
  detail: string;
  remedy: string;
}

/** What the page is at. The task itself is the server's, and lives in the query. */
export type Mode =
  | { at: "asking" }
  /** No task, and why. */
  | { at: "refused"; problem: Problem }
  /** The person is at it; `problem` says why the last attempt to hand it in was refused. */
  | { at: "working"; problem: Problem | null }
  | { at: "sending" }
  | { at: "skipping" }
  /** Nobody answered: the answer waits in the outbox. */
  | { at: "queued" }
  | { at: "over"; ending: Ending }
  | { at: "returning"; ending: Ending };

export type Happening =
  | { type: "ask" }
  /** The server says how the task stands. */
  | { type: "seen"; task: Pick<Task, "status" | "expires_at">; now: number }
  | { type: "send" }
  | { type: "skip" }
  | { type: "queue" }
  | { type: "edit" }
  | { type: "takeBack" }
  | { type: "refuse"; problem: Problem };

/** What a refused submission means for the person who pressed the button. */
export type Consequence = "queue" | "takeBack" | "over" | "fix";

const OVER = new Set([
  "seat_taken",
  "task_withdrawn",
  "message_changed",
  "message_is_gone",
  "parent_is_gone",
  "parent_is_deleted",
  "already_submitted",
  "already_decided",
  "already_reviewed",
  "already_replied",
  "already_ranked",
  "own_message",
  "own_reply_in_group",
  "key_used_for_another_answer",
  "task_closed",
  "no_such_task",
]);

/** Endings after which a task may be in hand again. */
const RETURNS = new Set(["lease_expired", "seat_taken", "skipped"]);

/** Whether a problem means that nobody who could decide has answered. */
export function isAway(problem: Problem): boolean {
  return problem.code === NO_ANSWER || problem.status >= 500;
}

export function consequenceOf(problem: Problem): Consequence {
  if (isAway(problem)) return "queue";
  if (problem.code === "lease_expired") return "takeBack";
  return OVER.has(problem.code) ? "over" : "fix";
}

export function endingOf({ code, detail, remedy }: Ending): Ending {
  return { code, detail, remedy };
}

/** What a task's status says to somebody who opens its page: null while it is in hand. */
export function endingByStatus(task: Pick<Task, "status" | "expires_at">, now: number): Ending | null {
  const over = (code: string): Ending => ({ code, detail: "", remedy: "" });
  switch (task.status) {
    case "leased":
      return task.expires_at !== null && Date.parse(task.expires_at) <= now ? over("lease_expired") : null;
    case "expired":
      return over("lease_expired");
    case "withdrawn":
      return over("task_withdrawn");
    case "done":
      return over("done");
    case "skipped":
      return over("skipped");
    default:
      return over("task_closed");
  }
}

/** Where the page of a task begins; `queued` is its answer in the outbox, if there is one. */
export function beginning(task: Task, now: number, queued?: { refused: Refusal | null }): Mode {
  if (queued && !queued.refused && task.status !== "done") return { at: "queued" };
  const ending = endingByStatus(task, now);
  if (ending) return { at: "over", ending };
  const working: Mode = { at: "working", problem: null };
  return queued?.refused ? refuse(working, new Problem(queued.refused)) : working;
}

export function flow(mode: Mode, event: Happening): Mode {
  switch (event.type) {
    case "ask":
      return { at: "asking" };
    case "seen":
      return seen(mode, endingByStatus(event.task, event.now));
    case "send":
      return acts(mode) ? { at: "sending" } : mode;
    case "skip":
      return acts(mode) ? { at: "skipping" } : mode;
    case "queue":
      return { at: "queued" };
    case "edit":
      return { at: "working", problem: null };
    case "takeBack":
      return returns(mode);
    case "refuse":
      return refuse(mode, event.problem);
  }
}

function acts(mode: Mode): boolean {
  return mode.at === "working";
}

function returns(mode: Mode): Mode {
  return mode.at === "over" ? { at: "returning", ending: mode.ending } : mode;
}

/** News of the task does not disturb whatever is under way. */
function seen(mode: Mode, ending: Ending | null): Mode {
  switch (mode.at) {
    case "working":
      // Somebody who only let the time run out goes on: their next move takes the task back.
      return ending && ending.code !== "lease_expired" ? { at: "over", ending } : mode;
    case "over":
    case "returning":
      if (ending) return { at: "over", ending };
      return RETURNS.has(mode.ending.code) ? { at: "working", problem: null } : mode;
    default:
      return mode;
  }
}

function refuse(mode: Mode, problem: Problem): Mode {
  if (mode.at === "asking" || mode.at === "refused") return { at: "refused", problem };
  if (mode.at === "returning" && isAway(problem)) return { at: "over", ending: mode.ending };
  if (mode.at === "returning" || mode.at === "over" || consequenceOf(problem) === "over") {
    return { at: "over", ending: endingOf(problem) };
  }
  return { at: "working", problem };
}

/** What came with an answer: a task or the reasons why there is none; not a refusal, not nothing. */
export function isNext(following: Following | null): following is Next {
  return following !== null && "task" in following;
}
