import { expect, test } from "vitest";
import { size } from "./size";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_234, "1.2 kB"],
  [45_600_000, "46 MB"],
  [999_600_000, "1 GB"],
])("%d bytes are %s", (bytes, words) => expect(size(bytes, "en")).toBe(words));
