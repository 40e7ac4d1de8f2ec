import { beforeEach, expect, test, vi } from "vitest";
import { whoAmI, type Me } from "@/api/me";
import { Problem } from "@/api/problems";
import { submitTask } from "@/api/tasks";
import { postOf } from "./outgoing";

vi.mock("@/api/tasks", async (real) => ({ ...(await real<object>()), submitTask: vi.fn() }));
vi.mock("@/api/me", async (real) => ({ ...(await real<object>()), whoAmI: vi.fn() }));

const answer = { text: "Ada's words", not_rankable: false };

beforeEach(() => {
  localStorage.clear();
  vi.mocked(submitTask).mockRejectedValue(new Problem({ code: "no_such_task", status: 404 }));
});

async function flushed(person: string) {
  const post = postOf(person);
  post.put({ task: `task-of-${person}`, answer, key: "k", at: 1 });
  await post.flush();
  post.stop();
  return post.entries();
}

test.each([
  ["somebody else has signed in here", () => Promise.resolve({ id: "bo" } as Me)],
  ["nobody is signed in any more", () => Promise.resolve(null)],
  ["nobody answers", () => Promise.reject(new Problem({ code: "no_answer", status: 0 }))],
])("an answer waits for its author where %s", async (_why, who) => {
  vi.mocked(whoAmI).mockImplementation(who);
  expect(await flushed("ada")).toMatchObject([{ answer, refused: null }]);
});

test("what its author has no task for is refused", async () => {
  vi.mocked(whoAmI).mockResolvedValue({ id: "cy" } as Me);
  expect(await flushed("cy")).toMatchObject([{ answer, refused: { code: "no_such_task" } }]);
});
