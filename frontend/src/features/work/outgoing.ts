import { useSyncExternalStore } from "react";
import { whoAmI } from "@/api/me";
import { problemOf } from "@/api/problems";
import { extendTask, submitTask, type Answer, type Submitted, type Wish } from "@/api/tasks";
import { forgetDraft } from "@/lib/drafts";
import { Outbox, type Outgoing, type Sent } from "@/lib/outbox";
import { consequenceOf } from "./flow";

export type Post = Outbox<Answer, Submitted>;

let current: { person: string; post: Post } | null = null;

/** Tasks whose page is open and would go on to another one: by task, the wish. */
const awaited = new Map<string, Wish>();

/** Say that somebody looks on while this is sent: then the next task is asked for with it. */
export function awaitNext(task: string, wish: Wish): () => void {
  awaited.set(task, wish);
  return () => awaited.delete(task);
}

/** The outbox of this person in this browser. */
export function postOf(person: string): Post {
  if (current?.person !== person) {
    current?.post.stop();
    current = { person, post: new Outbox<Answer, Submitted>(person, send) };
  }
  return current.post;
}

/** Hand in once; a task whose time ran out meanwhile is taken back first, if its place is free. */
export async function handIn(task: string, answer: Answer, key: string): Promise<Submitted> {
  try {
    return await submitTask(task, answer, key);
  } catch (error) {
    if (consequenceOf(problemOf(error)) !== "takeBack") throw error;
    await extendTask(task);
    return await submitTask(task, answer, key);
  }
}

async function send(entry: Outgoing<Answer>): Promise<Sent<Submitted>> {
  try {
    const next = awaited.get(entry.task);
    const result = await handIn(entry.task, next ? { ...entry.answer, next } : entry.answer, entry.key);
    forgetDraft(entry.person, entry.task);
    return { outcome: "sent", result };
  } catch (error) {
    const problem = problemOf(error);
    // Signed out is no refusal of the answer: it waits for its author to come back.
    if (consequenceOf(problem) === "queue" || problem.status === 401 || problem.status === 429) {
      return { outcome: "away" };
    }
    // Nor is it one that somebody else, who signed in here meanwhile, has no such task.
    if (problem.code === "no_such_task" && (await whoIsHere()) !== entry.person) return { outcome: "away" };
    const { code, status, detail, remedy } = problem;
    return { outcome: "refused", refusal: { code, status, detail, remedy } };
  }
}

async function whoIsHere(): Promise<string | undefined> {
  try {
    return (await whoAmI())?.id;
  } catch {
    return undefined; // nobody answers now
  }
}

export function useOutgoing(post: Post): readonly Outgoing<Answer>[] {
  return useSyncExternalStore(post.subscribe, post.entries);
}
