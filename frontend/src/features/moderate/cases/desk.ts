/** A decision of one's own that may be taken back, and the case it was about. */
export interface Done {
  decision: string;
  case: string;
}

/** What somebody did at this desk, the last at the end. */
export type Trail = readonly Done[];

export type Step = { did: Done } | { undid: string };

/** As many can be taken back by key; older ones are in the log. */
const MOST = 50;

export function trailing(trail: Trail, step: Step): Trail {
  if ("did" in step) return [...trail, step.did].slice(-MOST);
  return trail.filter(({ decision }) => decision !== step.undid);
}
