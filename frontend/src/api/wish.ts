import { KINDS, type Kind, type Wish } from "./tasks";

/** The wish that an address holds: `?kind=`, or `?kinds=a,b`, and `?lang=de,en`. Unknown kinds are left out. */
export function wishOf(search: URLSearchParams): Wish {
  const kinds = listed(search, "kinds").filter(isKind);
  const kind = search.get("kind") ?? "";
  const langs = listed(search, "lang");
  return {
    kind: isKind(kind) ? kind : "any",
    ...(kinds.length > 0 && { kinds }),
    ...(langs.length > 0 && { langs }),
    wait: true,
  };
}

/** The same as the tail of an address; "" for anything at all. */
export function tailOf({ kind, kinds, langs }: Pick<Wish, "kind" | "kinds" | "langs">): string {
  const search = new URLSearchParams();
  if (kinds?.length) search.set("kinds", kinds.join(","));
  else if (kind !== "any") search.set("kind", kind);
  if (langs?.length) search.set("lang", langs.join(","));
  const tail = search.toString().replaceAll("%2C", ",");
  return tail && `?${tail}`;
}

/** The kinds that a wish names. */
export function kindsOf(wish: Wish): readonly Kind[] {
  if (wish.kinds) return wish.kinds;
  return wish.kind === "any" ? KINDS : [wish.kind];
}

/** Whether a task is of the sort that is wished for. */
export function fits(wish: Wish, task: { kind: Kind; lang: string }): boolean {
  return kindsOf(wish).includes(task.kind) && (!wish.langs || wish.langs.includes(task.lang));
}

function listed(search: URLSearchParams, name: string): string[] {
  const all = search.getAll(name).flatMap((value) => value.split(","));
  return [...new Set(all.map((one) => one.trim()).filter(Boolean))];
}

function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}
