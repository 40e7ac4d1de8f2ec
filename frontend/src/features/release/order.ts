import type { Options } from "./types";

/** Which bound a rule about a label sets: on the mean, or on what the mean surely reaches. */
export const BOUNDS = ["min_label", "max_label", "min_label_low"] as const;
export type Bound = (typeof BOUNDS)[number];

export interface LabelRule {
  label: string;
  bound: Bound;
  /** As typed. */
  value: string;
}

// A release holds conversations from their prompts on, so nothing here asks for single messages.
export const RESULTS = ["accepted", "any"] as const;
export const SYNTHETIC = ["no", "too"] as const;
export const PERSONAL = ["block", "leave_out"] as const;

/** An order as it is being filled in: figures are as they were typed. */
export interface Draft {
  name: string;
  title: string;
  notes: string;
  licence: string;
  langs: readonly string[];
  states: readonly string[];
  since: string;
  until: string;
  topic: string;
  origin: string;
  sample: string;
  review_result: (typeof RESULTS)[number];
  synthetic: (typeof SYNTHETIC)[number];
  synthetic_messages: (typeof SYNTHETIC)[number];
  model: string;
  min_reviews: string;
  max_toxicity: string;
  scored_only: boolean;
  labels: readonly LabelRule[];
  forms: readonly string[];
  packings: readonly string[];
  /** In percent. */
  validation: string;
  test: string;
  personal_data: (typeof PERSONAL)[number];
}

/** What most people want: finished conversations that reviewers accepted, written by people. */
export const USUAL: Draft = {
  name: "",
  title: "",
  notes: "",
  licence: "",
  langs: [],
  states: ["ready_for_export"],
  since: "",
  until: "",
  topic: "",
  origin: "",
  sample: "",
  review_result: "accepted",
  synthetic: "no",
  synthetic_messages: "too",
  model: "",
  min_reviews: "",
  max_toxicity: "",
  scored_only: false,
  labels: [],
  forms: [],
  packings: [],
  validation: "",
  test: "",
  personal_data: "block",
};

/** An order before anybody has said anything: what is usual. */
export function begun({ suggested_name, usual_licence, usual }: Usual): Draft {
  return {
    ...USUAL,
    name: suggested_name,
    licence: usual_licence,
    forms: usual.forms,
    packings: usual.packings,
    validation: String(Math.round(usual.validation_share * 1000) / 10),
    test: String(Math.round(usual.test_share * 1000) / 10),
  };
}

type Usual = Pick<Options, "suggested_name" | "usual_licence"> & {
  usual: Omit<Options["usual"], "selection" | "personal_data">;
};

export function toggled<T>(list: readonly T[], one: T): readonly T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

/** A figure as the API takes it; what is none is sent as it is, and refused in words. Nothing typed asks nothing. */
export function figure(typed: string, divisor = 1): number | string | undefined {
  const text = typed.trim().replace(",", ".");
  if (text === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number / divisor : text;
}

type Asked = Record<string, unknown>;

function given(asked: Asked): Asked {
  return Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== "" && value !== undefined && value !== false),
  );
}

function bounds(rules: readonly LabelRule[]): Asked {
  const found: Record<string, Asked> = {};
  for (const { label, bound, value } of rules) {
    const typed = figure(value);
    if (label && typed !== undefined) found[bound] = { ...found[bound], [label]: typed };
  }
  return found;
}

/** The filters of an order, without those that ask nothing. */
export function selectionOf(draft: Draft): Asked {
  return {
    states: draft.states.length > 0 ? draft.states : ["all"],
    ...(draft.langs.length > 0 && { langs: draft.langs }),
    review_result: draft.review_result,
    synthetic: draft.synthetic,
    // What has no synthetic messages has none to leave out.
    ...(draft.synthetic === "too" && { synthetic_messages: draft.synthetic_messages }),
    ...given({
      since: draft.since,
      until: draft.until,
      topic: draft.topic.trim(),
      origin: draft.origin.trim(),
      sample: figure(draft.sample),
      model: draft.synthetic === "no" ? "" : draft.model.trim(),
      min_reviews: figure(draft.min_reviews),
      max_toxicity: figure(draft.max_toxicity),
      scored_only: draft.scored_only,
    }),
    ...bounds(draft.labels),
  };
}

/** The order as the API takes it. */
export function bodyOf(draft: Draft) {
  return {
    name: draft.name.trim(),
    title: draft.title.trim(),
    notes: draft.notes.trim(),
    licence: draft.licence,
    selection: selectionOf(draft),
    forms: [...draft.forms],
    packings: [...draft.packings],
    validation_share: Number(figure(draft.validation, 100) ?? 0),
    test_share: Number(figure(draft.test, 100) ?? 0),
    personal_data: draft.personal_data,
  };
}

/** What is still missing before it can be ordered, by field, as keys of words. */
export function missing(draft: Draft): Partial<Record<keyof Draft, string>> {
  const shares = [draft.validation, draft.test].map((typed) => figure(typed, 100) ?? 0);
  const sum = shares.reduce<number>((all, one) => all + (typeof one === "number" ? one : NaN), 0);
  return {
    ...(!/^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$/.test(draft.name.trim()) && { name: "new.nameWrong" }),
    ...(draft.licence === "" && { licence: "new.licenceMissing" }),
    ...(draft.forms.length === 0 && { forms: "new.formMissing" }),
    ...(draft.packings.length === 0 && { packings: "new.packingMissing" }),
    ...(!(sum >= 0 && sum < 1) && { validation: "new.sharesWrong" }),
  };
}

/** A filter as it stands in an address: lists with commas, bounds as "quality:0.5,toxicity:0.2". */
function inAddress(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([label, bound]) => `${label}:${String(bound)}`)
    .join(",");
}

export interface Taking {
  form: string;
  packing: string;
  original_ids: boolean;
}

/** Where one file of what is chosen is downloaded: the same messages that a release would hold. */
export function takeAddress(draft: Draft, { form, packing, original_ids }: Taking): string {
  const filters = Object.entries({ ...selectionOf(draft), releasable: true });
  const query = new URLSearchParams(filters.map(([name, value]) => [name, inAddress(value)]));
  query.set("form", form);
  query.set("packing", packing);
  if (original_ids) query.set("original_ids", "true");
  return `/api/v1/moderation/export?${query.toString()}`;
}
