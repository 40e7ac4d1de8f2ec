import type { Case, CaseMessage, CaseReport } from "./types";

const PERSON = { id: "p", display_name: "Mo", role: "moderator", is_active: true } as const;

/** A message of a case, for tests. */
export function caseMessage(more: Partial<CaseMessage> = {}): CaseMessage {
  return {
    id: "m",
    tree_id: "t",
    parent_id: null,
    role: "prompter",
    depth: 0,
    lang: "en",
    text: "A text",
    version: 1,
    edited: false,
    deleted: false,
    withheld: false,
    created_date: null,
    review_count: 0,
    review_result: null,
    labels: {},
    rank: null,
    synthetic: false,
    model_name: null,
    emojis: {},
    is_mine: false,
    author: null,
    detoxify: null,
    detoxify_source: null,
    opinion: null,
    reviews: [],
    ballots: [],
    decisions: [],
    revisions: [],
    reports: [],
    ...more,
  };
}

/** A case about a message, open and in nobody's hands, for tests. */
export function aCase(more: Partial<Case> = {}): Case {
  return {
    id: "c",
    subject: "message",
    subject_text: "a message",
    causes: [],
    severity: 1,
    lang: "en",
    opened_at: "2026-01-01T00:00:00Z",
    closed_at: null,
    closed_by: null,
    claimed_by: null,
    claimed_until: null,
    mine: false,
    message_id: "m",
    tree_id: "t",
    person: null,
    excerpt: null,
    message: caseMessage(),
    thread: [],
    replies: 0,
    author: null,
    person_record: null,
    appeal: null,
    purge: null,
    verbs: ["dismiss", "delete"],
    ...more,
  };
}

/** A report, for tests. */
export function report(reason: CaseReport["reason"], id = reason as string): CaseReport {
  return {
    id,
    reason,
    reason_text: `of ${reason}`,
    note: "",
    at: "2026-01-01T00:00:00Z",
    by: PERSON,
    handled_at: null,
  };
}

export { PERSON };
