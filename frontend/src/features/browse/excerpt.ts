/** A piece of a text; `hit` where it is one of the words that were looked for. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** The words of a search, longest first; what stands in quotes is one. */
export function wordsOf(search: string): string[] {
  const words = search.split('"').flatMap((part, place) => (place % 2 ? [part] : part.split(/\s+/)));
  return words
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => word !== "")
    .sort((one, other) => other.length - one.length);
}

/** The text on one line without the signs of Markdown, which say nothing in so short a piece. */
export function inOneLine(text: string): string {
  return text
    .replace(/^\s*(?:`{3,}|~{3,}).*$/gm, " ")
    .replace(/^\s*(?:#{1,6}|>+)\s+/gm, "")
    .replace(/\*\*|__|`/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The beginning of a text, or the place where the first word stands, with the words marked. */
export function excerptOf(text: string, search: string, length = 240): Piece[] {
  const line = inOneLine(text);
  const pattern = patternOf(wordsOf(search));
  const first = pattern ? line.search(pattern) : -1;
  const from = first > length * 0.7 ? startOfWord(line, first - Math.round(length / 4)) : 0;
  const cut = line.slice(from, from + length);
  const pieces = pattern ? marked(cut, pattern) : [{ text: cut, hit: false }];
  return [
    ...(from > 0 ? [{ text: "… ", hit: false }] : []),
    ...pieces,
    ...(from + length < line.length ? [{ text: " …", hit: false }] : []),
  ];
}

function patternOf(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null;
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "iu");
}

function startOfWord(line: string, near: number): number {
  const space = line.indexOf(" ", near);
  return space >= 0 && space < near + 20 ? space + 1 : near;
}

function marked(text: string, pattern: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let place = 0;
  for (const found of text.matchAll(new RegExp(pattern, "giu"))) {
    if (found.index > place) pieces.push({ text: text.slice(place, found.index), hit: false });
    pieces.push({ text: found[0], hit: true });
    place = found.index + found[0].length;
  }
  if (place < text.length) pieces.push({ text: text.slice(place), hit: false });
  return pieces;
}
