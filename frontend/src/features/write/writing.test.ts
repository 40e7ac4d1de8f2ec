import { francAll } from "franc-min";
import { describe, expect, test } from "vitest";
import { isShort, lengthOf, repeats } from "./checking";
import { otherLanguage, proseOf } from "./language";
import { marked, type Mark } from "./marks";

/** A text with its selection between bars: "a |b| c". */
function press(mark: Mark, drawn: string): string {
  const start = drawn.indexOf("|");
  const end = drawn.lastIndexOf("|");
  const text = drawn.replaceAll("|", "");
  const change = marked(mark, text, start, end > start ? end - 1 : start);
  const after = text.slice(0, change.from) + change.insert + text.slice(change.to);
  const [from, to] = change.select;
  return `${after.slice(0, from)}|${after.slice(from, to)}|${after.slice(to)}`;
}

describe("a mark", () => {
  test.each([
    ["bold", "so |much| fun", "so **|much|** fun"],
    ["bold", "so **|much|** fun", "so |much| fun"],
    ["bold", "so | fun", "so **||** fun"],
    ["code", "run |ls -l| now", "run `|ls -l|` now"],
    ["code", "|one\ntwo|", "```\n|one\ntwo|\n```"],
    ["list", "|milk\nbread|", "|- milk\n- bread|"],
    ["list", "|- milk\n- bread|", "|milk\nbread|"],
    ["list", "milk\nbre|ad", "milk\n- bre||ad"],
    ["quote", "|said|", "|> said|"],
    ["link", "see |here| please", "see [here](||) please"],
    ["link", "|https://example.org|", "[||](https://example.org)"],
  ] as const)("%s: %s", (mark, before, after) => {
    expect(press(mark, before)).toBe(after);
  });
});

describe("length", () => {
  test("is counted as the server counts it", () => {
    expect(lengthOf("añ日👍🏽")).toBe(5);
  });

  test("short means short for what is asked", () => {
    expect(isShort("Yes, of course, here it is.", "assistant_reply")).toBe(true);
    expect(isShort("And without sugar?", "prompter_reply")).toBe(false);
    expect(isShort("因为天空中的空气分子更容易散射波长较短的蓝光。", "assistant_reply")).toBe(false);
  });
});

test("a text that only repeats the conversation is noticed", () => {
  expect(repeats("  Why is\nthe sky blue? ", ["Why is the sky blue?", "Because."])).toBe(true);
  expect(repeats("", ["", "a"])).toBe(false);
});

describe("another language", () => {
  const german =
    "Ich habe ein Brot gebacken und es ist viel zu flach geworden. Was kann ich beim nächsten Mal besser machen?";
  const english =
    "I baked a loaf of bread and it turned out much too flat. What can I do better the next time I try it?";
  const japanese = "空はなぜ青いのですか。小学生にもわかるように短く説明してください。";

  test.each([
    [german, "en", "de"],
    [german, "de", null],
    [german, "de-AT", null],
    [english, "de", "en"],
    [english, "en", null],
    [japanese, "en", "ja"],
    [japanese, "ja", null],
  ])("%s, wanted %s: %s", (text, wanted, expected) => {
    expect(otherLanguage(text, wanted, francAll)).toBe(expected);
  });

  test("is not looked for in short texts, nor told of languages nobody can tell apart here", () => {
    expect(otherLanguage("Guten Tag!", "en", francAll)).toBeNull();
    expect(otherLanguage(english, "eu", francAll)).toBeNull();
  });

  test("of a language that can't be told the script is", () => {
    expect(otherLanguage(japanese.repeat(2), "eu", francAll)).toBe("ja");
  });

  test("is not seen in code and addresses", () => {
    const text = `Wie lange dauert das?\n\`\`\`python\nfor each in the_list_of_all_things: print(each, "and so on and on")\n\`\`\``;
    expect(proseOf(text)).toBe("Wie lange dauert das?");
    expect(otherLanguage(text, "de", francAll)).toBeNull();
  });
});
