/** How many tasks were handed in since this tab was opened, and one that was set aside for another. */
const DONE = "oa.sitting";
const ASIDE = "oa.aside";

export function doneInThisSitting(): number {
  return Number(read(DONE)) || 0;
}

export function countOne(): void {
  write(DONE, String(doneInThisSitting() + 1));
}

/** The task that came while a skipped one was fetched back: it is next, nothing else is asked for. */
export function setAside(task: string): void {
  write(ASIDE, task);
}

export function takeAside(not: string): string | null {
  const task = read(ASIDE);
  write(ASIDE, "");
  return task && task !== not ? task : null;
}

function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Only a convenience is lost.
  }
}
