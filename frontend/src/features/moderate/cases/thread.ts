/** Which messages of a thread are shown at once: the prompt, and what the message directly replies to. */
export interface FoldedThread<T> {
  head: T[];
  /** Those between, for whoever asks. */
  hidden: T[];
  tail: T[];
}

// The message itself and the one that it replies to.
const TAIL = 2;
// Less than this is not worth a press.
const WORTH = 2;

/** A thread from the prompt down to a message, with its middle folded when that is long. */
export function foldedThread<T>(thread: readonly T[]): FoldedThread<T> {
  const hidden = thread.slice(1, -TAIL);
  if (hidden.length < WORTH) return { head: [], hidden: [], tail: [...thread] };
  return { head: thread.slice(0, 1), hidden, tail: thread.slice(-TAIL) };
}
