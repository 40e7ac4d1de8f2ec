import { api } from "./client";
import type { Task } from "./tasks";

/** Where something stands in a text, counted in characters as Unicode has them. */
export interface Span {
  start: number;
  end: number;
}

/** What a machine has to say of a text before it is handed in. */
export interface Remark {
  code: "other_language" | "near_duplicate" | "personal_data";
  kind: string | null;
  level: "warn" | "block";
  text: string;
  remedy: string;
  spans: Span[];
  likeness: number | null;
  message_id: string | null;
  excerpt: string | null;
}

/** Have a text looked at. Nothing of it is kept. */
export type Check = (text: string, signal: AbortSignal) => Promise<Remark[]>;

interface Untyped {
  POST(path: string, options: object): Promise<{ data?: unknown }>;
}

/** The check for what is written at a task. */
export function checkFor(task: Pick<Task, "id" | "lang">): Check {
  return async (text, signal) => {
    const body = { text, lang: task.lang, task_id: task.id };
    const answer = await (api as unknown as Untyped).POST("/api/v1/checks", { body, signal });
    return (answer.data as { remarks: Remark[] }).remarks;
  };
}
