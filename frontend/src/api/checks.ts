import { api, data, type Schemas } from "./client";
import type { Task } from "./tasks";

/** What a machine has to say of a text before it is handed in. */
export type Remark = Schemas["Remark"];
/** Where something stands in a text, counted in characters as Unicode has them. */
export type Span = Schemas["Span"];

/** Have a text looked at. Nothing of it is kept. */
export type Check = (text: string, signal: AbortSignal) => Promise<Remark[]>;

/** The check for what is written at a task. */
export function checkFor({ id, lang }: Pick<Task, "id" | "lang">): Check {
  return async (text, signal) =>
    (await data(api.POST("/api/v1/checks", { body: { text, lang, task_id: id }, signal }))).remarks;
}
