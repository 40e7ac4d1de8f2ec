import { api, data } from "@/api/client";
import type { Asking, Settled } from "@/components/decision/DecisionDialog";
import { OF_NOTHING, OF_PEOPLE } from "@/components/decision/reasons";
import type { Role } from "../types";
import type { Made } from "../useDecided";

export const ACTS = [
  "warn",
  "mute",
  "unmute",
  "ban",
  "unban",
  "watch",
  "unwatch",
  "clear",
  "set_role",
  "ask_purge",
] as const;
/** What can be decided about a person, by the verbs of the API. */
export type Act = (typeof ACTS)[number];

interface Manner {
  /** The key that begins it. */
  key: string;
  asked: Pick<Asking, "danger" | "until" | "wordsNeeded" | "reasons">;
}

/** How each is asked for. What ends something has the key of what began it where only one of both can be done. */
export const MANNERS: Record<Act, Manner> = {
  warn: { key: "w", asked: { reasons: OF_PEOPLE } },
  mute: { key: "m", asked: { reasons: OF_PEOPLE, until: { forGood: false } } },
  unmute: { key: "s", asked: { reasons: OF_NOTHING } },
  ban: { key: "b", asked: { reasons: OF_PEOPLE, until: { forGood: true }, danger: true } },
  unban: { key: "b", asked: { reasons: OF_NOTHING } },
  watch: { key: "c", asked: { reasons: OF_PEOPLE } },
  unwatch: { key: "c", asked: { reasons: OF_NOTHING } },
  clear: { key: "l", asked: { reasons: OF_NOTHING } },
  set_role: { key: "r", asked: { wordsNeeded: true } },
  ask_purge: { key: "e", asked: { reasons: OF_PEOPLE, wordsNeeded: true, danger: true } },
};

/** What somebody may do, in the order in which it is offered. */
export function offered(may: readonly string[]): Act[] {
  return ACTS.filter((act) => may.includes(act));
}

/** How somebody's decision about somebody is sent. An erasure is asked for, and is no decision yet: null. */
export async function send(act: Act, id: string, settled: Settled, role: Role): Promise<Made | null> {
  const { until, ...said } = settled;
  const params = { path: { person_id: id } };
  switch (act) {
    case "mute":
      return data(
        api.POST("/api/v1/moderation/people/{person_id}/mute", {
          params,
          body: { ...said, until: until ?? "" },
        }),
      );
    case "ban":
      return data(api.POST("/api/v1/moderation/people/{person_id}/ban", { params, body: settled }));
    case "set_role":
      return data(
        api.POST("/api/v1/moderation/people/{person_id}/role", { params, body: { ...said, role } }),
      );
    case "ask_purge":
      await data(api.POST("/api/v1/moderation/purges", { body: { ...said, person_id: id } }));
      return null;
    default:
      return data(api.POST(`/api/v1/moderation/people/{person_id}/${act}`, { params, body: said }));
  }
}
