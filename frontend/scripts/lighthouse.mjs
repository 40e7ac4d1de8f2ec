// Lighthouse, mobile profile, on the pages where people spend their time, as somebody who is signed in.
// `make run` in one terminal, `make lighthouse` in another. OA_SITE, OA_EMAIL and OA_PASSWORD say where and as whom.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const SITE = process.env.OA_SITE ?? "http://localhost:8000";
const EMAIL = process.env.OA_EMAIL ?? "ada@example.org";
const PASSWORD = process.env.OA_PASSWORD ?? "try-it-out-2026";
const OUT = path.resolve(process.env.OA_LIGHTHOUSE_OUT ?? "lighthouse");
const VERSION = "13.5.0";
const WANTED = { performance: 95, accessibility: 100, "best-practices": 100 };
const KINDS = {
  write: ["assistant_reply", "prompter_reply", "initial_prompt"],
  label: ["label_assistant_reply", "label_prompter_reply", "label_initial_prompt"],
  rank: ["rank_assistant_replies", "rank_prompter_replies"],
};

/** Signed in: the cookies, as a header. */
async function signIn() {
  const door = await fetch(`${SITE}/`);
  const csrf = valueOf(door, "csrftoken");
  const answer = await fetch(`${SITE}/_allauth/browser/v1/auth/login`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": csrf,
      Cookie: `csrftoken=${csrf}`,
      Origin: SITE,
    },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`${EMAIL} could not sign in at ${SITE}: ${await answer.text()}`);
  const newer = valueOf(answer, "csrftoken") || csrf;
  return { csrf: newer, cookie: `csrftoken=${newer}; sessionid=${valueOf(answer, "sessionid")}` };
}

function valueOf(answer, name) {
  const found = answer.headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1).split(";")[0] : "";
}

async function ask(session, where, body) {
  const answer = await fetch(`${SITE}/api/v1/${where}`, {
    method: body ? "POST" : "GET",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": session.csrf,
      Cookie: session.cookie,
      Origin: SITE,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${where}: ${await answer.text()}`);
  return answer.json();
}

/** The address of a task of one of these kinds, in hand already or asked for now; null when there is none. */
async function taskPage(session, kinds) {
  const held = await ask(session, "tasks?status=leased");
  const mine = held.results.find((task) => kinds.includes(task.kind));
  const task = mine ?? (await ask(session, "tasks/next", { kinds })).task;
  return task ? `/task/${task.id}` : null;
}

/** A Chromium of our own in which this person is signed in; Lighthouse has no way to say so. */
async function browserFor(session) {
  const profile = await mkdtemp(path.join(tmpdir(), "oa-lighthouse-"));
  const flags = [
    ...["--headless=new", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--no-first-run"],
    ...["--disable-background-timer-throttling", "--disable-renderer-backgrounding"],
    ...["--disable-backgrounding-occluded-windows", "--disable-extensions", "about:blank"],
  ];
  if (process.getuid?.() === 0) flags.unshift("--no-sandbox");
  const chromium = spawn(process.env.CHROME_PATH ?? "chromium", [`--user-data-dir=${profile}`, ...flags]);
  const address = await new Promise((resolve, reject) => {
    let said = "";
    chromium.stderr.on("data", (part) => {
      said += part;
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    chromium.on("error", reject);
    chromium.on("exit", () => reject(new Error(said)));
  });
  const cookies = session.cookie.split("; ").map((pair) => {
    const [name, value] = pair.split("=");
    return { name, value, url: SITE };
  });
  await command(address, "Storage.setCookies", { cookies });
  return {
    port: new URL(address).port,
    close: async () => {
      const gone = new Promise((resolve) => chromium.once("exit", resolve));
      chromium.kill();
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function command(address, method, params) {
  return new Promise((resolve, reject) => {
    const line = new WebSocket(address);
    line.onerror = reject;
    line.onopen = () => line.send(JSON.stringify({ id: 1, method, params }));
    line.onmessage = ({ data }) => {
      line.close();
      const { error, result } = JSON.parse(data);
      if (error) reject(new Error(error.message));
      else resolve(result);
    };
  });
}

/** Each page in a fresh browser, as somebody meets it for the first time. */
async function judge(session, name, address) {
  const report = path.join(OUT, name);
  const browser = await browserFor(session);
  const options = [
    `--port=${browser.port}`,
    `--only-categories=${Object.keys(WANTED).join(",")}`,
    "--output=json",
    "--output=html",
    `--output-path=${report}`,
    "--disable-storage-reset", // it would sign out; the profile is new anyway
    "--quiet",
  ];
  const run = promisify(execFile);
  try {
    await run("npx", ["--yes", `lighthouse@${VERSION}`, `${SITE}${address}`, ...options], {
      maxBuffer: 1 << 26,
    });
  } finally {
    await browser.close();
  }
  return JSON.parse(await readFile(`${report}.report.json`, "utf8"));
}

function line(name, report) {
  const scores = Object.entries(WANTED).map(([category, wanted]) => {
    const score = Math.round((report.categories[category].score ?? 0) * 100);
    return `${category} ${score}${score < wanted ? ` (wanted: ${wanted})` : ""}`;
  });
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"];
  const shown = [...times, "cumulative-layout-shift"].map((id) => report.audits[id].displayValue);
  return `${name.padEnd(10)} ${scores.join(", ")}; FCP, LCP, TBT, CLS: ${shown.join(", ")}`;
}

/** What cost points, each with what Lighthouse says of it. */
function* faults(report) {
  for (const category of Object.values(report.categories)) {
    for (const { id, weight } of category.auditRefs) {
      const audit = report.audits[id];
      if (weight > 0 && audit.score !== null && audit.score < 0.9) yield `  ${category.id}: ${audit.title}`;
    }
  }
}

const session = await signIn();
const pages = { dashboard: "/" };
for (const [act, kinds] of Object.entries(KINDS)) pages[act] = await taskPage(session, kinds);
await mkdir(OUT, { recursive: true });
let good = true;
for (const [name, address] of Object.entries(pages)) {
  if (!address) {
    console.log(`${name.padEnd(10)} no task of this kind is open for ${EMAIL}`);
    good = false;
    continue;
  }
  const report = await judge(session, name, address);
  console.log(line(name, report));
  for (const fault of faults(report)) console.log(fault);
  good &&= Object.entries(WANTED).every(([one, wanted]) => report.categories[one].score * 100 >= wanted);
}
console.log(`Whole reports: ${OUT}`);
process.exitCode = good ? 0 : 1;
