import { forget, keep, keysLike, recall } from "./storage";

/** An answer that has not reached the server yet, or was refused there while nobody looked. */
export interface Outgoing<A> {
  person: string;
  task: string;
  answer: A;
  /** The same at every attempt, so that it is handed in once. */
  key: string;
  /** When the person pressed the button, in milliseconds. */
  at: number;
  /** Why it was refused; null while it waits. */
  refused: Refusal | null;
}

export interface Refusal {
  code: string;
  status: number;
  detail: string;
  remedy: string;
}

export type Sent<R> =
  { outcome: "sent"; result: R } | { outcome: "away" } | { outcome: "refused"; refusal: Refusal };

type Listener<A, R> = (entry: Outgoing<A>, sent: Exclude<Sent<R>, { outcome: "away" }>) => void;

const PREFIX = "oa.outbox.";
const FIRST_PAUSE = 4_000;
const LONGEST_PAUSE = 60_000;

/** Answers on their way out, kept in the browser until the server has said something about each. */
export class Outbox<A, R> {
  readonly #person: string;
  readonly #send: (entry: Outgoing<A>) => Promise<Sent<R>>;
  readonly #changed = new Set<() => void>();
  readonly #heard = new Set<Listener<A, R>>();
  #entries: readonly Outgoing<A>[];
  #flushing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = FIRST_PAUSE;

  constructor(person: string, send: (entry: Outgoing<A>) => Promise<Sent<R>>) {
    this.#person = person;
    this.#send = send;
    this.#entries = this.#read();
  }

  readonly entries = (): readonly Outgoing<A>[] => this.#entries;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#changed.add(tell);
    return () => this.#changed.delete(tell);
  };

  /** Be told what the server said about each. */
  onHeard(listener: Listener<A, R>): () => void {
    this.#heard.add(listener);
    return () => this.#heard.delete(listener);
  }

  /** Another tab wrote or sent something. */
  readonly reread = (): void => {
    this.#entries = this.#read();
    for (const tell of this.#changed) tell();
  };

  /** Take one on; false when the browser can't keep it. */
  put(entry: Omit<Outgoing<A>, "person" | "refused">): boolean {
    const kept = keep(this.#key(entry.task), { ...entry, person: this.#person, refused: null });
    this.reread();
    this.#later();
    return kept;
  }

  drop(task: string): void {
    forget(this.#key(task));
    this.reread();
  }

  /** Send everything that waits, oldest first. Stops at the first that nobody answers, and tries again later. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flushAll().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #flushAll(): Promise<void> {
    this.stop();
    this.reread();
    for (const entry of this.#entries.filter((one) => !one.refused)) {
      const sent = await this.#send(entry);
      if (sent.outcome === "away") {
        this.#later();
        return;
      }
      this.#pause = FIRST_PAUSE;
      if (sent.outcome === "sent") this.drop(entry.task);
      else this.#refuse(entry, sent.refusal);
      for (const listener of this.#heard) listener(entry, sent);
    }
  }

  #refuse(entry: Outgoing<A>, refused: Refusal): void {
    keep(this.#key(entry.task), { ...entry, refused });
    this.reread();
  }

  #later(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
      void this.flush();
    }, this.#pause);
  }

  #key(task: string): string {
    return `${PREFIX}${this.#person}.${task}`;
  }

  #read(): readonly Outgoing<A>[] {
    return keysLike(`${PREFIX}${this.#person}.`)
      .map((key) => recall<Outgoing<A>>(key))
      .filter((entry) => entry !== null)
      .sort((one, other) => one.at - other.at);
  }
}
