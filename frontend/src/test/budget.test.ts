import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { FRONTEND, read } from "./files";

interface Chunk {
  file: string;
  imports?: string[];
  src?: string;
}
type Manifest = Record<string, Chunk>;

const LIMIT = 200_000;
const SCREENS = ["label/LabelScreen", "write/WriteScreen", "rank/RankScreen"];

/** The chunks that the browser needs before these can run: they and whatever they import. */
function needed(manifest: Manifest, ...entries: string[]): Set<string> {
  const found = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    expect(chunk, `${key} is not in the build: type make setup`).toBeDefined();
    if (found.has(chunk!.file)) return;
    found.add(chunk!.file);
    chunk!.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return found;
}

function packed(file: string): number {
  return gzipSync(readFileSync(path.join(FRONTEND, "dist", file)), { level: 9 }).length;
}

test.each(SCREENS)("the first task page, %s, needs at most 200 kB of JavaScript", (screen) => {
  const manifest = JSON.parse(read("dist", ".vite", "manifest.json")) as Manifest;
  const words = Object.keys(manifest).find((key) => /words-en[-.]/.test(key));
  expect(words, "the words of a language are one chunk").toBeDefined();

  const files = needed(manifest, "index.html", `src/features/${screen}.tsx`, words!);

  const sizes = [...files]
    .filter((file) => file.endsWith(".js"))
    .map((file) => [file, packed(file)] as const);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(
    total,
    sizes
      .toSorted(([, one], [, other]) => other - one)
      .map(([file, size]) => `${size} ${file}`)
      .join("\n"),
  ).toBeLessThanOrEqual(LIMIT);
});
