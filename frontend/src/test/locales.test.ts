import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { UI_LANGUAGES } from "@/lib/languages";
import { FRONTEND, read } from "./files";

type Words = { [key: string]: string | string[] | Words };

const PLURAL = /_(zero|one|two|few|many|other)$/;
const ENGLISH = "en";
const NAMESPACES = readdirSync(path.join(FRONTEND, "src", "locales", ENGLISH)).sort();

/** Every word by its whole key: `skip.reasons.other`, `anchors.any.0`. */
function flat(words: Words, before = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") found.set(before + key, value);
    else for (const [rest, word] of flat(value as Words, `${before}${key}.`)) found.set(rest, word);
  }
  return found;
}

function wordsOf(lang: string, namespace: string): Map<string, string> {
  return flat(JSON.parse(read("src", "locales", lang, namespace)) as Words);
}

/** The forms a number takes in a language: Arabic has six, Japanese has one. */
function forms(lang: string): string[] {
  return [...new Intl.PluralRules(lang).resolvedOptions().pluralCategories].sort();
}

/** Whether a key is one form of a word that depends on a number. `other` alone is a word like any other. */
function base(key: string, keys: ReadonlySet<string>): string | null {
  const stem = key.replace(PLURAL, "");
  return stem !== key && keys.has(`${stem}_one`) && keys.has(`${stem}_other`) ? stem : null;
}

/** The keys a language must have, as English has them. */
function expected(lang: string, namespace: string): string[] {
  const english = new Set(wordsOf(ENGLISH, namespace).keys());
  const found = [...english].flatMap((key) => {
    const stem = base(key, english);
    return stem === null ? [key] : forms(lang).map((form) => `${stem}_${form}`);
  });
  return [...new Set(found)].sort();
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}|<\/?\w+>/g)].map(([all, name]) => name ?? all).sort();
}

describe.each(UI_LANGUAGES)("in %s", (lang) => {
  test("there are the same files as in English", () => {
    expect(readdirSync(path.join(FRONTEND, "src", "locales", lang)).sort()).toEqual(NAMESPACES);
  });

  test.each(NAMESPACES)("%s has every word, and no other", (namespace) => {
    expect([...wordsOf(lang, namespace).keys()].sort()).toEqual(expected(lang, namespace));
  });

  test.each(NAMESPACES)(
    "no word of %s is empty, and what is filled in is named as in English",
    (namespace) => {
      const english = wordsOf(ENGLISH, namespace);
      const wrong = [...wordsOf(lang, namespace)].filter(([key, word]) => {
        const model = english.get(key) ?? english.get(key.replace(PLURAL, "_other")) ?? "";
        // A form for one or two things may say so in words.
        const names = (text: string) =>
          placeholders(text).filter((name) => !PLURAL.test(key) || name !== "count");
        return word.trim() === "" || names(word).join() !== names(model).join();
      });
      expect(wrong).toEqual([]);
    },
  );
});
