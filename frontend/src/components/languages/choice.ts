import { COMMON_LANGUAGES, languageName } from "@/lib/languages";

/** What somebody reads, and of that what they write. Neither is ever empty: tasks are offered by them. */
export interface LanguageChoice {
  read: string[];
  write: string[];
}

export const MOST_LANGUAGES = 20;

/** Add a language to what is read, and to what is written; or take it out of both. */
export function toggleRead(choice: LanguageChoice, tag: string): LanguageChoice {
  if (!choice.read.includes(tag)) {
    if (choice.read.length >= MOST_LANGUAGES) return choice;
    return { read: [...choice.read, tag], write: [...choice.write, tag] };
  }
  const read = choice.read.filter((one) => one !== tag);
  if (read.length === 0) return choice;
  const write = choice.write.filter((one) => one !== tag);
  return { read, write: write.length > 0 ? write : read.slice(0, 1) };
}

/** Say that one writes a language, or only reads it. */
export function toggleWrite(choice: LanguageChoice, tag: string): LanguageChoice {
  if (!choice.write.includes(tag)) return { ...choice, write: [...choice.write, tag] };
  const write = choice.write.filter((one) => one !== tag);
  return write.length > 0 ? { ...choice, write } : choice;
}

/** The languages of a browser as they are called here: "de-AT" is "de", "pt-BR" stays, what is unknown keeps its tag. */
export function likelyLanguages(wishes: readonly string[]): string[] {
  const found = wishes.map((wish) => {
    const base = wish.split("-")[0]!.toLowerCase();
    const exact = COMMON_LANGUAGES.find((one) => one.toLowerCase() === wish.toLowerCase());
    return exact ?? COMMON_LANGUAGES.find((one) => one === base) ?? base;
  });
  return [...new Set(found)].slice(0, MOST_LANGUAGES);
}

/** "GSW_ch" as a tag is usually spelled, or null if it is none. */
export function asTag(typed: string): string | null {
  const parts = typed.trim().replaceAll("_", "-").split("-");
  const spelled = [parts[0]!.toLowerCase()];
  for (const part of parts.slice(1)) {
    spelled.push(
      part.length === 4 ? part[0]!.toUpperCase() + part.slice(1).toLowerCase() : part.toUpperCase(),
    );
  }
  const tag = spelled.join("-");
  return /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(tag) ? tag : null;
}

/** What its speakers call a language; its name here where the browser doesn't know. */
export function ownName(tag: string, ui: string): string {
  const known = Intl.DisplayNames.supportedLocalesOf([tag]).length > 0;
  return languageName(tag, known ? tag : ui);
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export interface Offered {
  tag: string;
  /** In the language of the pages. */
  name: string;
  /** As its speakers call it. */
  own: string;
}

/** The languages to choose from, `first` ones first, by what was typed; a tag nobody listed can be typed in full. */
export function offered(typed: string, first: readonly string[], ui: string): Offered[] {
  const tags = [...new Set([...first, ...COMMON_LANGUAGES])];
  const all = tags.map((tag) => ({ tag, name: languageName(tag, ui), own: ownName(tag, ui) }));
  const wanted = plain(typed.trim());
  if (!wanted) return all;
  const found = all.filter(
    ({ tag, name, own }) =>
      plain(name).includes(wanted) || plain(own).includes(wanted) || tag.toLowerCase() === wanted,
  );
  const tag = asTag(typed);
  if (tag && !tags.includes(tag) && languageName(tag, ui) !== tag) {
    found.push({ tag, name: languageName(tag, ui), own: ownName(tag, ui) });
  }
  return found;
}
