import type { Schemas } from "@/api/client";
import { KINDS, type Kind, type Waiting } from "@/api/tasks";

export interface Wished {
  kinds: readonly Kind[];
  /** Empty: all of one's languages. */
  langs: readonly string[];
}

/** What the address wishes for. */
export function wishedBy(search: URLSearchParams): Wished {
  const all = (name: string) =>
    search
      .getAll(name)
      .flatMap((value) => value.split(","))
      .filter(Boolean);
  const named = [...all("kinds"), ...all("kind")];
  const kinds = KINDS.filter((kind) => named.includes(kind));
  return { kinds: kinds.length > 0 ? kinds : KINDS, langs: all("lang") };
}

export interface Offer {
  kind: Kind;
  open: number;
}

/** Kinds that were not wished for and are open in the wished languages, the most wanted first. */
export function otherKinds(counts: readonly Schemas["Count"][], { kinds, langs }: Wished): Offer[] {
  return KINDS.filter((kind) => !kinds.includes(kind))
    .map((kind) => ({
      kind,
      open: counts
        .filter((one) => one.kind === kind && (langs.length === 0 || langs.includes(one.lang)))
        .reduce((sum, one) => sum + one.open, 0),
    }))
    .filter((offer) => offer.open > 0)
    .sort((one, other) => other.open - one.open);
}

/** The languages of one's own that were not wished for. */
export function otherLanguages(mine: readonly string[], { langs }: Wished): string[] {
  return langs.length === 0 ? [] : mine.filter((lang) => !langs.includes(lang));
}

/** The server quotes a language by its tag (“de”); people know it by its name. */
export function named(text: string, tag: string, name: string): string {
  return text.replace(new RegExp(`[“„«「"]\\s?${tag}\\s?[”“»」"]`), name);
}

/** Each reason once, with the languages it is true of counted by the server in its own words. */
export function reasonsOf(waiting: Waiting | null): Schemas["Reason"][] {
  return [...(waiting?.reasons ?? [])].sort((one, other) => other.in_hands - one.in_hands);
}
