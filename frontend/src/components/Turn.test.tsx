import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Turn } from "./Turn";

const DELETED = "This message was deleted.";
const HELD = "A moderator looks at this message first.";

test.each([
  { what: "was deleted", text: null, deleted: true, said: DELETED },
  { what: "was deleted, to a moderator", text: "Words", deleted: true, said: DELETED },
  { what: "is kept back", text: null, deleted: false, said: HELD },
  { what: "is kept back, in a task", text: "", deleted: false, said: HELD },
])("a message that $what is said to be that", ({ text, deleted, said }) => {
  render(<Turn role="prompter" text={text} lang="en" deleted={deleted} />);

  expect(screen.getByText(/message/)).toHaveTextContent(said);
  expect(screen.queryByText("Words")).toBeNull();
});
