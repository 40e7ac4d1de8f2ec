import type { Schemas } from "@/api/client";
import { KINDS, type Kind, type Waiting, type Wish } from "@/api/tasks";
import { kindsOf } from "@/api/wish";

export interface Offer {
  kind: Kind;
  open: number;
}

/** Kinds that were not wished for and are open in the wished languages, the most wanted first. */
export function otherKinds(counts: readonly Schemas["Count"][], wish: Wish): Offer[] {
  const kinds = kindsOf(wish);
  return KINDS.filter((kind) => !kinds.includes(kind))
    .map((kind) => ({
      kind,
      open: counts
        .filter((one) => one.kind === kind && (!wish.langs || wish.langs.includes(one.lang)))
        .reduce((sum, one) => sum + one.open, 0),
    }))
    .filter((offer) => offer.open > 0)
    .sort((one, other) => other.open - one.open);
}

/** The languages of one's own that were not wished for. */
export function otherLanguages(mine: readonly string[], wish: Wish): string[] {
  return mine.filter((lang) => wish.langs && !wish.langs.includes(lang));
}

/** The server quotes a language by its tag (“de”); people know it by its name. */
export function named(text: string, tag: string, name: string): string {
  return text.replace(new RegExp(`[“„«「"]\\s?${tag}\\s?[”“»」"]`), name);
}

/** Each reason once, with the languages it is true of counted by the server in its own words. */
export function reasonsOf(waiting: Waiting | null): Schemas["Reason"][] {
  return [...(waiting?.reasons ?? [])].sort((one, other) => other.in_hands - one.in_hands);
}
