import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DraftKeeper, type Save, type Saved } from "./draftKeeper";
import { recallDraft, type ServerDraft } from "./drafts";

interface Text {
  text?: string;
}

/** A server that keeps one draft as ours does: a revision that is not the kept one is refused. */
class Server {
  kept: ServerDraft<Text> | null = null;
  asked = 0;
  away = false;

  readonly save: Save<Text> = async (content, base) => {
    this.asked++;
    await Promise.resolve();
    if (this.away) return { outcome: "away" };
    return this.put(content, base);
  };

  put(content: Text, base: number | null): Saved<Text> {
    if (this.kept && (base ?? 0) !== this.kept.revision) return { outcome: "conflict", theirs: this.kept };
    this.kept = { content, revision: (this.kept?.revision ?? 0) + 1 };
    return { outcome: "saved", revision: this.kept.revision };
  }
}

function device(server: Server, save: Save<Text> = server.save): DraftKeeper<Text> {
  const keeper = new DraftKeeper<Text>({
    person: "p",
    task: "t",
    blank: {},
    server: server.kept,
    save,
    delay: 1500,
  });
  keeper.start();
  return keeper;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

describe("a keystroke", () => {
  test("is in the browser at once and on the server within two seconds", async () => {
    const server = new Server();
    const keeper = device(server);
    keeper.keep({ text: "a" });
    expect(recallDraft<Text>("p", "t")?.content.text).toBe("a");
    expect(keeper.view().where).toBe("device");
    await seconds(2);
    expect(server.kept?.content.text).toBe("a");
    expect(keeper.view().where).toBe("server");
  });

  test("is saved although the next ones never stop", async () => {
    const server = new Server();
    const keeper = device(server);
    for (let at = 1; at <= 40; at++) {
      keeper.keep({ text: "x".repeat(at) });
      await seconds(0.1);
    }
    expect(server.kept?.content.text?.length).toBeGreaterThan(20);
    expect(server.asked).toBeLessThan(5);
  });

  test("typed while a save is under way is saved next", async () => {
    const server = new Server();
    const keeper = device(server);
    keeper.keep({ text: "a" });
    vi.advanceTimersByTime(1500);
    keeper.keep({ text: "ab" });
    await seconds(4);
    expect(server.kept).toEqual({ content: { text: "ab" }, revision: 2 });
    expect(keeper.view().where).toBe("server");
  });

  test("that changes nothing is not sent", async () => {
    const server = new Server();
    server.kept = { content: { text: "a" }, revision: 1 };
    device(server).keep({ text: "a" });
    await seconds(5);
    expect(server.asked).toBe(0);
  });
});

describe("without a network", () => {
  test("it stays in the browser and goes out when the server is back", async () => {
    const server = new Server();
    server.away = true;
    const keeper = device(server);
    keeper.keep({ text: "offline" });
    await seconds(20);
    expect(keeper.view().where).toBe("device");
    server.away = false;
    await keeper.flush();
    expect(server.kept?.content.text).toBe("offline");
  });

  test("a visit later it is still there and is sent by itself", async () => {
    const server = new Server();
    server.away = true;
    const before = device(server);
    before.keep({ text: "from yesterday" });
    before.stop();
    server.away = false;
    const after = device(server);
    expect(after.view().content.text).toBe("from yesterday");
    await seconds(1);
    expect(server.kept?.content.text).toBe("from yesterday");
  });
});

describe("two devices", () => {
  test("the second finds what the first wrote", async () => {
    const server = new Server();
    device(server).keep({ text: "on the phone" });
    await seconds(2);
    localStorage.clear();
    expect(device(server).view().content.text).toBe("on the phone");
  });

  test("both began at once: neither overwrites the other", async () => {
    const server = new Server();
    const phone = device(server);
    phone.keep({ text: "phone" });
    await seconds(2);
    localStorage.clear();
    const desk = new DraftKeeper<Text>({
      person: "p",
      task: "t",
      blank: {},
      server: null,
      save: server.save,
    });
    desk.keep({ text: "desk" });
    await seconds(2);
    expect(server.kept?.content.text).toBe("phone");
    expect(desk.view()).toMatchObject({ content: { text: "desk" }, theirs: { content: { text: "phone" } } });
  });

  async function conflict() {
    const server = new Server();
    server.kept = { content: { text: "start" }, revision: 1 };
    const keeper = device(server);
    server.put({ text: "theirs" }, 1);
    keeper.keep({ text: "mine" });
    await seconds(2);
    expect(keeper.view().theirs?.content.text).toBe("theirs");
    return { server, keeper };
  }

  test("nothing is sent while nobody has chosen, and typing goes on", async () => {
    const { server, keeper } = await conflict();
    keeper.keep({ text: "mine, longer" });
    await seconds(10);
    expect(server.kept?.content.text).toBe("theirs");
    expect(recallDraft<Text>("p", "t")?.content.text).toBe("mine, longer");
  });

  test("keeping mine puts it over theirs", async () => {
    const { server, keeper } = await conflict();
    keeper.resolve({ text: "mine" });
    await seconds(2);
    expect(server.kept).toEqual({ content: { text: "mine" }, revision: 3 });
    expect(keeper.view().theirs).toBeNull();
  });

  test("taking theirs shows theirs anew and sends nothing", async () => {
    const { server, keeper } = await conflict();
    const { version } = keeper.view();
    keeper.resolve({ text: "theirs" });
    await seconds(5);
    expect(keeper.view()).toMatchObject({ content: { text: "theirs" }, where: "server", theirs: null });
    expect(keeper.view().version).toBeGreaterThan(version);
    expect(server.kept?.revision).toBe(2);
  });
});

test("a save whose answer was lost is not taken for another device's", async () => {
  const server = new Server();
  let lost = true;
  const keeper = device(server, async (content, base) => {
    const saved = server.put(content, base);
    if (!lost) return saved;
    lost = false;
    return { outcome: "away" };
  });
  keeper.keep({ text: "first" });
  await seconds(2);
  keeper.keep({ text: "first and second" });
  await seconds(10);
  expect(keeper.view().theirs).toBeNull();
  expect(server.kept?.content.text).toBe("first and second");
});

test("leaving the page sends what is left without waiting", async () => {
  const server = new Server();
  const keeper = device(server);
  keeper.keep({ text: "last words" });
  keeper.leave();
  await Promise.resolve();
  await Promise.resolve();
  expect(server.kept?.content.text).toBe("last words");
});

test("a fresher draft from the server is shown unless something here is newer", () => {
  const server = new Server();
  server.kept = { content: { text: "one" }, revision: 1 };
  const keeper = device(server);
  keeper.offer({ content: { text: "two" }, revision: 2 });
  expect(keeper.view().content.text).toBe("two");
  keeper.keep({ text: "two and mine" });
  keeper.offer({ content: { text: "three" }, revision: 3 });
  expect(keeper.view()).toMatchObject({ content: { text: "two and mine" }, theirs: { revision: 3 } });
});

test("handed in: nothing is kept or sent any more", async () => {
  const server = new Server();
  const keeper = device(server);
  keeper.keep({ text: "done" });
  keeper.finish();
  await seconds(5);
  expect(server.asked).toBe(0);
});

test("a browser that stores nothing is told of", () => {
  const refuse = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const keeper = device(new Server());
  keeper.keep({ text: "a" });
  expect(keeper.view().where).toBe("screen");
  refuse.mockRestore();
});
