import { keep, recall } from "./storage";

const KEY = "oa.person";

/**
 * Be told when this browser belongs to somebody else than this page does: another tab signed out or let somebody else
 * in, or "back" brought a page of before. `person` is the id of whoever the page was drawn for, "" for nobody.
 */
export function watchPerson(person: string, changed: () => void): () => void {
  if (recall<string>(KEY) !== person) keep(KEY, person);
  const compare = () => {
    const now = recall<string>(KEY);
    if (now !== null && now !== person) changed();
  };
  const elsewhere = (event: StorageEvent) => event.key === KEY && compare();
  const shown = (event: PageTransitionEvent) => event.persisted && compare();
  window.addEventListener("storage", elsewhere);
  window.addEventListener("pageshow", shown);
  return () => {
    window.removeEventListener("storage", elsewhere);
    window.removeEventListener("pageshow", shown);
  };
}
