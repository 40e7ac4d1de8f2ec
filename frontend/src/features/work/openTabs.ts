import { useEffect } from "react";

const name = (task: string) => `oa.task.${task}`;

/** Say to the other tabs that this task is open here, for as long as it is. */
export function useOpenHere(task: string): void {
  useEffect(() => {
    if (!("locks" in navigator)) return;
    let close = () => {};
    const closed = new Promise<void>((resolve) => (close = resolve));
    void navigator.locks.request(name(task), { mode: "shared" }, () => closed);
    return close;
  }, [task]);
}

/** Which of these tasks are open in some tab. Browsers that can't tell say none. */
export async function openInTabs(tasks: readonly string[]): Promise<Set<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map((lock) => lock.name));
  return new Set(tasks.filter((task) => names.has(name(task))));
}
