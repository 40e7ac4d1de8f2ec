import type { Schemas } from "@/api/client";

export type What = "trees" | "messages";
export type State = Schemas["TreeStateEnum"];
export type Role = Schemas["MessageRoleEnum"];

/** What is looked for. It stands in the address, so that a list can be kept, sent and come back to. */
export interface Filters {
  search: string;
  lang: string;
  state: State | "";
  role: Role | "";
  after: string;
  before: string;
  mine: boolean;
}

export const STATES = [
  "initial_prompt_review",
  "prompt_lottery_waiting",
  "growing",
  "ranking",
  "backlog_ranking",
  "ready_for_scoring",
  "scoring_failed",
  "ready_for_export",
  "aborted_low_grade",
  "halted_by_moderator",
] as const satisfies readonly State[];
export const ROLES = ["prompter", "assistant"] as const satisfies readonly Role[];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | "" {
  return allowed.find((one) => one === value) ?? "";
}

/** What an address asks for. What makes no sense in it is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const day = (name: string) => (DAY.test(params.get(name) ?? "") ? (params.get(name) ?? "") : "");
  return {
    search: params.get("search") ?? "",
    lang: params.get("lang") ?? "",
    state: oneOf(params.get("state"), STATES),
    role: oneOf(params.get("role"), ROLES),
    after: day("after"),
    before: day("before"),
    mine: params.get("mine") === "true",
  };
}

/** The address of a list: only what is asked for stands in it. */
export function asAddress(filters: Filters): URLSearchParams {
  const given = Object.entries(filters).filter(([, value]) => value !== "" && value !== false);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value).trim()]));
}

/** What the API is asked. Trees have no role. */
export function asQuery(filters: Filters, what: What) {
  const { search, lang, state, role, after, before, mine } = filters;
  return {
    ...(search.trim() && { search: search.trim() }),
    ...(lang && { lang }),
    ...(state && { state }),
    ...(role && what === "messages" && { role }),
    ...(after && { after }),
    ...(before && { before }),
    ...(mine && { mine: true }),
  };
}

/** How many filters are set besides the words. */
export function countOf(filters: Filters, what: What): number {
  return Object.keys(asQuery({ ...filters, search: "" }, what)).length;
}
