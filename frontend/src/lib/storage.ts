/** localStorage that never throws: private windows, full disks and broken JSON all read as "nothing kept". */
export function recall<T>(key: string): T | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : (JSON.parse(kept) as T);
  } catch {
    return null;
  }
}

/** Keep a value; false when the browser won't. */
export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}

/** The keys that begin so. */
export function keysLike(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

/** Nothing of this tab is for the next person in it: how much was done, which task was set aside. */
export function forgetSitting(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept then.
  }
}

/** Nothing that somebody wrote stays in this browser: they left for good. */
export function forgetPerson(person: string): void {
  for (const key of keysLike("oa.")) if (key.includes(`.${person}.`)) forget(key);
  forgetSitting();
}
