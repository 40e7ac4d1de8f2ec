import { expect, test } from "vitest";
import { asTag, likelyLanguages, MOST_LANGUAGES, offered, toggleRead, toggleWrite } from "./choice";

const both = { read: ["en", "de"], write: ["en"] };

test("a language added is read and written", () => {
  expect(toggleRead(both, "eu")).toEqual({ read: ["en", "de", "eu"], write: ["en", "eu"] });
});

test("a language taken out is neither read nor written", () => {
  expect(toggleRead({ read: ["en", "de"], write: ["en", "de"] }, "de")).toEqual({
    read: ["en"],
    write: ["en"],
  });
});

test("whoever takes out the only language they write writes the first that is left", () => {
  expect(toggleRead(both, "en")).toEqual({ read: ["de"], write: ["de"] });
});

test("the last language stays", () => {
  expect(toggleRead({ read: ["en"], write: ["en"] }, "en")).toEqual({ read: ["en"], write: ["en"] });
  expect(toggleWrite(both, "en")).toEqual(both);
});

test("no more languages than the server takes", () => {
  const many = Array.from({ length: MOST_LANGUAGES }, (_, place) => `a${String.fromCharCode(97 + place)}`);
  expect(toggleRead({ read: many, write: ["aa"] }, "en").read).toHaveLength(MOST_LANGUAGES);
});

test("what a browser asks for, as languages are called here", () => {
  expect(likelyLanguages(["de-AT", "de", "en-US", "pt-BR", "zh-CN", "gsw-CH"])).toEqual([
    "de",
    "en",
    "pt-BR",
    "zh",
    "gsw",
  ]);
});

test.each([
  ["de", "de"],
  ["PT-br", "pt-BR"],
  ["zh_hant_tw", "zh-Hant-TW"],
  ["es-419", "es-419"],
  ["german", null],
  ["", null],
])("%s is the tag %s", (typed, tag) => {
  expect(asTag(typed)).toBe(tag);
});

test("languages are found by their name here, their own name, or their tag, with or without accents", () => {
  const tags = (typed: string) => offered(typed, [], "en").map(({ tag }) => tag);
  expect(tags("germ")).toEqual(["de"]);
  expect(tags("francais")).toEqual(["fr"]);
  expect(tags("日本")).toEqual(["ja"]);
  expect(tags("gsw")).toEqual(["gsw"]);
  expect(tags("xxzz")).toEqual([]);
});

test("languages that are spoken here come first", () => {
  expect(
    offered("", ["eu", "gsw"], "en")
      .slice(0, 3)
      .map(({ tag }) => tag),
  ).toEqual(["eu", "gsw", "en"]);
});
