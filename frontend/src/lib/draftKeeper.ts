import {
  canonical,
  draftKey,
  isBlank,
  recallDraft,
  reconcile,
  type KeptDraft,
  type ServerDraft,
} from "./drafts";
import { keep as keepHere } from "./storage";

export type Saved<C> =
  | { outcome: "saved"; revision: number }
  | { outcome: "conflict"; theirs: ServerDraft<C> }
  /** Nobody answered: it will be tried again. */
  | { outcome: "away" }
  /** The server will not have it; it stays on this device. */
  | { outcome: "refused" };

/** Sends the draft in a way that outlives the page where the browser allows it. */
export type Save<C> = (content: C, base: number | null) => Promise<Saved<C>>;

export interface DraftView<C> {
  content: C;
  /** Where the latest of it is: nothing typed yet, in this browser, on the server too, or only on the screen. */
  where: "nothing" | "device" | "server" | "screen";
  /** The other version, where another device has changed it meanwhile. */
  theirs: ServerDraft<C> | null;
  /** Counts how often the content came from elsewhere, so that an editor knows to show it anew. */
  version: number;
}

interface Options<C> {
  person: string;
  task: string;
  blank: C;
  server: ServerDraft<C> | null;
  save: Save<C>;
  /** How long a keystroke may wait before it is sent. */
  delay?: number;
  now?: () => number;
}

const SLOWEST = 60_000;

/** Keeps one draft: each change in this browser at once, on the server within seconds, and never one over the other. */
export class DraftKeeper<C> {
  readonly #options: Options<C>;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #kept: KeptDraft<C>;
  #view: DraftView<C>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  #failures = 0;
  #over = false;

  constructor(options: Options<C>) {
    this.#options = options;
    this.#key = draftKey(options.person, options.task);
    const local = recallDraft<C>(options.person, options.task);
    const start = reconcile(local, options.server, options.blank);
    this.#kept = { ...bare(options.blank), ...local, ...kept(start), at: this.#now() };
    this.#view = { content: start.content, where: this.#where(true), theirs: start.theirs, version: 0 };
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  readonly view = (): DraftView<C> => this.#view;

  /** Take over a change of the person's: kept here before anything else happens. */
  readonly keep = (content: C): void => {
    if (this.#over || canonical(content) === canonical(this.#kept.content)) return;
    this.#write({ content, dirty: true });
    this.#schedule(this.#options.delay ?? 1500);
  };

  /** Start to watch: what an earlier visit left unsent goes out now. */
  start(): void {
    if (this.#kept.dirty && !this.#view.theirs) this.#schedule(0);
  }

  /** The network is back, or the person moves on: don't wait any longer. */
  async flush(): Promise<void> {
    this.stop();
    if (this.#saving) await this.#saving;
    await this.#send();
  }

  /** The page may be gone in a moment: send what is left, even while an earlier request is under way. */
  readonly leave = (): void => {
    this.stop();
    this.#saving = null;
    void this.#send();
  };

  /** What the server has now: taken over if nothing here is newer, set beside it if both changed. */
  offer(server: ServerDraft<C> | null): void {
    if (this.#over || this.#saving || !server) return;
    const found = reconcile(this.#kept, server, this.#options.blank);
    this.#become(kept(found), found.theirs, canonical(found.content) !== canonical(this.#kept.content));
  }

  /** Another tab of this browser has written: follow it, unless something here is newer. */
  readonly follow = (): void => {
    const local = recallDraft<C>(this.#options.person, this.#options.task);
    if (this.#over || !local || this.#kept.dirty) return;
    if (canonical(local.content) === canonical(this.#kept.content)) return;
    this.#kept = local;
    this.#show({ content: local.content, where: this.#where(true), version: this.#view.version + 1 });
  };

  /** End a conflict with this content, made from what the server has. */
  resolve(content: C): void {
    const theirs = this.#view.theirs;
    if (!theirs) return;
    const dirty = canonical(content) !== canonical(theirs.content);
    this.#become({ content, base: theirs.revision, dirty }, null, true);
    if (dirty) this.#schedule(0);
  }

  /** It was handed in: nothing more is kept of it. */
  finish(): void {
    this.#over = true;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #where(stored: boolean): DraftView<C>["where"] {
    if (isBlank(this.#kept.content) && this.#kept.base === null) return "nothing";
    if (!this.#kept.dirty) return "server";
    return stored ? "device" : "screen";
  }

  #write(change: Partial<KeptDraft<C>>): void {
    // A submission's key is written beside the draft by others: what is stored there now is kept.
    const stored = recallDraft<C>(this.#options.person, this.#options.task)?.submission;
    this.#kept = { ...this.#kept, ...change, at: this.#now(), ...(stored && { submission: stored }) };
    const stays = keepHere(this.#key, this.#kept);
    this.#show({ content: this.#kept.content, where: this.#where(stays) });
  }

  #become(change: Partial<KeptDraft<C>>, theirs: ServerDraft<C> | null, anew: boolean): void {
    this.#write({ ...change, sent: [] });
    this.#show({ theirs, version: this.#view.version + (anew ? 1 : 0) });
  }

  #show(change: Partial<DraftView<C>>): void {
    this.#view = { ...this.#view, ...change };
    for (const tell of this.#listeners) tell();
  }

  #schedule(wait: number): void {
    // Not put off by the next keystroke: somebody who never stops typing is saved all the same.
    if (this.#timer !== undefined || this.#view.theirs || this.#over) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, wait);
  }

  async #send(): Promise<void> {
    if (this.#over || this.#saving || !this.#kept.dirty || this.#view.theirs) return;
    const { content, base, sent } = this.#kept;
    this.#write({ sent: [...sent.slice(-2), canonical(content)] });
    const saving = this.#options.save(content, base).then((saved) => this.#heard(saved, content));
    this.#saving = saving;
    await saving;
    if (this.#saving === saving) this.#saving = null;
    if (this.#kept.dirty) this.#schedule(this.#pause());
  }

  #pause(): number {
    const usual = this.#options.delay ?? 1500;
    return this.#failures ? Math.min(SLOWEST, 3000 * 2 ** (this.#failures - 1)) : usual;
  }

  #heard(saved: Saved<C>, content: C): void {
    if (this.#over) return;
    this.#failures = saved.outcome === "away" ? this.#failures + 1 : 0;
    switch (saved.outcome) {
      case "saved": {
        const newer = canonical(this.#kept.content) !== canonical(content);
        this.#write({ base: saved.revision, dirty: newer, sent: [] });
        return;
      }
      case "conflict": {
        const found = reconcile(this.#kept, saved.theirs, this.#options.blank);
        this.#become(kept(found), found.theirs, false);
        return;
      }
      case "away":
        return;
      case "refused":
        this.#failures = 4; // seldom, in case the server thinks otherwise later
    }
  }
}

function bare<C>(blank: C): KeptDraft<C> {
  return { content: blank, base: null, dirty: false, sent: [], at: 0 };
}

function kept<C>({ content, base, dirty }: Pick<KeptDraft<C>, "content" | "base" | "dirty">) {
  return { content, base, dirty };
}
