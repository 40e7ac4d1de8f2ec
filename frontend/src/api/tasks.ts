import { api, data, type Schemas } from "./client";

export type Task = Schemas["Task"];
export type Kind = Schemas["TaskKindEnum"];
export type Answer = Schemas["AnswerRequest"];
export type Wish = Schemas["WishRequest"];
export type Waiting = Schemas["Waiting"];
export type Following = Schemas["Following"];
export type SkipReason = Schemas["SkipReasonEnum"];

export const WRITING = [
  "initial_prompt",
  "prompter_reply",
  "assistant_reply",
] as const satisfies readonly Kind[];
export const LABELLING = [
  "label_initial_prompt",
  "label_prompter_reply",
  "label_assistant_reply",
] as const satisfies readonly Kind[];
export const RANKING = ["rank_assistant_replies", "rank_prompter_replies"] as const satisfies readonly Kind[];
export const KINDS = [...WRITING, ...LABELLING, ...RANKING] as const;

export type Act = "write" | "label" | "rank";

/** Which of the three screens a kind of task is done on. */
export function actOf(kind: Kind): Act {
  if ((WRITING as readonly string[]).includes(kind)) return "write";
  return (RANKING as readonly string[]).includes(kind) ? "rank" : "label";
}

export type Next = Schemas["Next"];
export type Submitted = Schemas["Submitted"];
export type TaskSummary = Schemas["TaskSummary"];

/** How long an answer may take before nobody is thought to have answered. */
const PATIENCE = 30_000;
/** What a browser will still send for a page that is gone. */
const MOST_AFTER_LEAVING = 48_000;

export const taskKey = (id: string) => ["task", id] as const;

const path = (id: string) => ({ params: { path: { task_id: id } } });

/** Get a task, or the reasons why there is none. */
export function askNext(wish: Wish): Promise<Next> {
  return data(api.POST("/api/v1/tasks/next", { body: wish, signal: AbortSignal.timeout(PATIENCE) }));
}

export function getTask(id: string): Promise<Task> {
  return data(api.GET("/api/v1/tasks/{task_id}", path(id)));
}

/** One's tasks in hand, the newest first. */
export async function tasksInHand() {
  return (await data(api.GET("/api/v1/tasks", { params: { query: { status: "leased" } } }))).results;
}

/** Hand a task in. The same key and answer again give the first result again. */
export function submitTask(id: string, answer: Answer, key: string): Promise<Submitted> {
  return data(
    api.POST("/api/v1/tasks/{task_id}/submit", {
      params: { path: { task_id: id }, header: { "Idempotency-Key": key } },
      body: answer,
      signal: AbortSignal.timeout(PATIENCE),
    }),
  );
}

export function skipTask(id: string, body: Schemas["SkipRequest"]) {
  return data(api.POST("/api/v1/tasks/{task_id}/skip", { ...path(id), body }));
}

/** Take a skip back: the task in one's hands again, or null when somebody else has its place. */
export async function unskipTask(id: string): Promise<Task | null> {
  return (await data(api.POST("/api/v1/tasks/{task_id}/unskip", path(id)))).task;
}

/** More time for a task, or an expired one back. */
export function extendTask(id: string): Promise<TaskSummary> {
  return data(api.POST("/api/v1/tasks/{task_id}/extend", path(id)));
}

/** Keep a draft; `revision` is the one it was made from, 0 when there was none. Outlives the page where it can. */
export function putDraft(id: string, content: unknown, revision: number) {
  const small = JSON.stringify(content).length * 3 < MOST_AFTER_LEAVING;
  return data(
    api.PUT("/api/v1/tasks/{task_id}/draft", {
      ...path(id),
      body: { content, revision },
      keepalive: small,
      signal: AbortSignal.timeout(PATIENCE),
    }),
  );
}

/** Since when one waits for a task and why there is none; null for somebody who does not wait. */
export async function getWaiting(): Promise<Waiting | null> {
  return (await data(api.GET("/api/v1/tasks/waiting"))).waiting;
}

export function stopWaiting() {
  return data(api.DELETE("/api/v1/tasks/waiting"));
}

export function getAvailable() {
  return data(api.GET("/api/v1/tasks/available"));
}
