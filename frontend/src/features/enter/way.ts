import type { Me } from "@/api/me";
import { safeNext, withNext } from "@/lib/next";

/** Where somebody goes after signing in: newcomers along the path to their first task, all others where they wanted. */
export function wayOn(me: Me, next: string | null): string {
  const isNew = me.onboarded_at === null && me.terms.accepted === null;
  if (!isNew) return safeNext(next, "/");
  const languages = next ? withNext("/account/languages", safeNext(next, "/")) : "/account/languages";
  return withNext("/terms", languages);
}

/** After the languages: the walk through the examples, and then what they came for. */
export function wayToLearn(next: string | null): string {
  return next ? withNext("/learn", safeNext(next, "/")) : "/learn";
}
