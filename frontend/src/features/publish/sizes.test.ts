import { expect, it } from "vitest";
import { sizeOf } from "./sizes";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [1_234_567, "1.23 MB"],
  [999_999, "1 MB"],
  [68_900_000, "68.9 MB"],
  [4_000_000_000, "4 GB"],
])("%d bytes are %s", (bytes, words) => expect(sizeOf(bytes, "en")).toBe(words));

it("is written as the language of the pages writes numbers", () => {
  expect(sizeOf(1_234_567, "de")).toBe("1,23 MB");
});
