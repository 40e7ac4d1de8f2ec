import { REASONS, type Reason } from "@/components/decision/reasons";
import type { Decision } from "@/components/decision/types";

export type Verb = Decision["verb"];

/** What can be looked for, roughly in the order in which it is done. Each has its words in `moderate:log.said`. */
export const VERBS = [
  "dismiss", "look", "unlook", "delete", "restore", "spam", "edit", "move", "halt", "resume", "stop", "withhold",
  "take_over", "warn", "mute", "unmute", "ban", "unban", "watch", "unwatch", "clear", "set_role", "note", "unnote",
  "uphold", "grant", "undo", "batch", "undo_batch", "ask_purge", "call_off_purge", "purge", "policy", "terms",
  "release", "recall", "import", "export_data", "retry", "admin", "export",
] as const satisfies readonly Verb[]; // prettier-ignore

const WHO = ["people", "system"] as const;
const UNDONE = ["yes", "no"] as const;

/** Which decisions are shown. It stands in the address, to be sent and come back to. */
export interface Filters {
  verb: Verb | "";
  reason: Reason | "";
  /** Only what people decided, only what the system did by itself, or either. */
  who: (typeof WHO)[number] | "";
  /** Only what was undone, only what holds, or either. */
  undone: (typeof UNDONE)[number] | "";
  /** Days. */
  since: string;
  until: string;
  /** Ids: whose decisions, about whom, about which conversation, message, or many at once. */
  by: string;
  person: string;
  tree: string;
  message: string;
  batch: string;
}

export const NOTHING: Filters = {
  verb: "", reason: "", who: "", undone: "", since: "", until: "", by: "", person: "", tree: "", message: "", batch: "",
}; // prettier-ignore

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | "" {
  return allowed.find((one) => one === value) ?? "";
}

/** What an address asks for. What makes no sense in it is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const like = (pattern: RegExp, name: string) => {
    const value = params.get(name) ?? "";
    return pattern.test(value) ? value : "";
  };
  return {
    verb: oneOf(params.get("verb"), VERBS),
    reason: oneOf(params.get("reason"), REASONS),
    who: oneOf(params.get("who"), WHO),
    undone: oneOf(params.get("undone"), UNDONE),
    since: like(DAY, "since"),
    until: like(DAY, "until"),
    by: like(ID, "by"),
    person: like(ID, "person"),
    tree: like(ID, "tree"),
    message: like(ID, "message"),
    batch: like(ID, "batch"),
  };
}

/** The address of a log: only what is asked for stands in it. */
export function asAddress(filters: Filters): URLSearchParams {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ""));
}

/** A day of this browser as a moment: its beginning, or the beginning of the next one. */
function moment(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + days);
  return at.toISOString();
}

/** What the API is asked. The last day counts whole. */
export function asQuery({ who, undone, since, until, verb, reason, ...ids }: Filters) {
  const given = Object.entries(ids).filter(([, id]) => id !== "");
  return {
    ...(verb && { verb }),
    ...(reason && { reason }),
    ...(who && { system: who === "system" }),
    ...(undone && { undone: undone === "yes" }),
    ...(since && { since: moment(since, 0) }),
    ...(until && { until: moment(until, 1) }),
    ...(Object.fromEntries(given) as Partial<typeof ids>),
  };
}

/** Where the same decisions can be downloaded. */
export function fileOf(filters: Filters, kind: "csv" | "jsonl"): string {
  const query = new URLSearchParams(
    Object.entries(asQuery(filters)).map(([name, value]) => [name, String(value)]),
  ).toString();
  return `/api/v1/moderation/decisions.${kind}${query && `?${query}`}`;
}

/** How many filters are set. */
export function countOf(filters: Filters): number {
  return Object.keys(asQuery(filters)).length;
}
