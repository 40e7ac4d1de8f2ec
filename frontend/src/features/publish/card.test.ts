import { expect, it } from "vitest";
import { forPeople } from "./card";

it.each([
  ["---\nlicense: x\n---\n\n# Title\n\ntext", "# Title\n\ntext"],
  ["---\r\nlicense: x\r\n---\r\ntext", "text"],
  ["# Title\n\n---\n\ntext\n\n---\n", "# Title\n\n---\n\ntext\n\n---"],
  ["", ""],
])("of %j people read %j", (card, read) => expect(forPeople(card)).toBe(read));
