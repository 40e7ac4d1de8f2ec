import { newId } from "./ids";
import { forget, keep, keysLike, recall } from "./storage";

/** A draft as the server keeps it. */
export interface ServerDraft<C> {
  content: C;
  revision: number;
}

/** A draft as this browser keeps it, so that it outlives the page, the session and the network. */
export interface KeptDraft<C> {
  content: C;
  /** The server's revision that it was made from; null when the server has none yet. */
  base: number | null;
  /** Whether it holds anything the server has not confirmed. */
  dirty: boolean;
  /** What was sent lately and not answered: if the server turns out to have just that, it is no conflict. */
  sent: string[];
  /** When it was last touched here, in milliseconds. */
  at: number;
  /** The key of the submission under way, and the answer it belongs to. */
  submission?: { key: string; answer: string };
}

const PREFIX = "oa.draft.";
const OLD = 90 * 86_400_000;

export function draftKey(person: string, task: string): string {
  return `${PREFIX}${person}.${task}`;
}

/** A value as text that is the same whatever order its keys came in: databases reorder them. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** Whether nothing is in it: no letter, no answer, no order. */
export function isBlank(content: unknown): boolean {
  if (content === null || content === undefined || content === false) return true;
  if (typeof content === "string") return content.trim() === "";
  if (Array.isArray(content)) return content.every(isBlank);
  if (typeof content === "object") return Object.values(content).every(isBlank);
  return false;
}

export type Reconciled<C> = Pick<KeptDraft<C>, "content" | "base" | "dirty"> & {
  /** The server's, where both have changed apart from each other. */
  theirs: ServerDraft<C> | null;
};

/** Which of the two to go on with. Nothing that anybody typed is ever dropped: where both changed, both are kept. */
export function reconcile<C>(
  local: KeptDraft<C> | null,
  server: ServerDraft<C> | null,
  blank: C,
): Reconciled<C> {
  if (!local || isBlank(local.content)) {
    return { content: server?.content ?? blank, base: server?.revision ?? null, dirty: false, theirs: null };
  }
  if (!server) {
    return { content: local.content, base: local.base, dirty: true, theirs: null };
  }
  return compared(local, server);
}

function compared<C>(local: KeptDraft<C>, server: ServerDraft<C>): Reconciled<C> {
  const at = { base: server.revision, theirs: null };
  const said = canonical(server.content);
  if (said === canonical(local.content)) return { ...at, content: local.content, dirty: false };
  if (!local.dirty) return { ...at, content: server.content, dirty: false };
  // One's own words coming back are nobody else's change.
  const known = local.base === server.revision || local.sent.includes(said) || isBlank(server.content);
  if (known) return { ...at, content: local.content, dirty: true };
  return { content: local.content, base: local.base, dirty: true, theirs: server };
}

export function recallDraft<C>(person: string, task: string): KeptDraft<C> | null {
  return recall<KeptDraft<C>>(draftKey(person, task));
}

export function forgetDraft(person: string, task: string): void {
  forget(draftKey(person, task));
}

/** A skip taken back gives the place another id; what was begun goes with it. */
export function moveDraft(person: string, from: string, to: string): void {
  if (from === to) return;
  const kept = recallDraft(person, from);
  if (!kept) return;
  keep(draftKey(person, to), kept);
  forgetDraft(person, from);
}

/** Drop what nobody has touched for three months and the server has anyway. */
export function tidyDrafts(now: number): void {
  for (const key of keysLike(PREFIX)) {
    const kept = recall<KeptDraft<unknown>>(key);
    if (!kept || (!kept.dirty && now - kept.at > OLD)) forget(key);
  }
}

/** The idempotency key for this answer: the same for the same answer, so that sending it again can do no harm. */
export function submissionKey(person: string, task: string, answer: unknown): string {
  const kept = recallDraft<unknown>(person, task);
  const text = canonical(answer);
  if (kept?.submission?.answer === text) return kept.submission.key;
  const submission = { key: newId(), answer: text };
  const bare = { content: null, base: null, dirty: false, sent: [], at: Date.now() };
  keep(draftKey(person, task), { ...(kept ?? bare), submission });
  return submission.key;
}
