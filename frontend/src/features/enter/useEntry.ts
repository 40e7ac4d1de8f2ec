import { useState } from "react";
import { useSearchParams } from "react-router";
import { useArrive, useStanding, whereAmI, type Standing } from "@/api/auth";
import { useMe } from "@/api/me";
import { isProblem } from "@/api/problems";
import { wayOn } from "./way";

/** Where this browser stands at the door, and a step further. */
export function useEntry() {
  const asked = useStanding();
  const arrive = useArrive();
  const { data: me } = useMe();
  const [params] = useSearchParams();
  const [answered, setAnswered] = useState<Standing | null>(null);
  const next = params.get("next");

  /** Take a step; whoever is in already (in another tab, or a moment ago) need not take it. */
  const proceed = async (step: () => Promise<Standing>): Promise<Standing> => {
    const standing = await step().catch(async (error: unknown) => {
      const now = isProblem(error) && error.status === 409 ? await whereAmI() : null;
      if (now?.state === "in") return now;
      throw error;
    });
    if (standing.state === "in") await arrive();
    setAnswered(standing);
    return standing;
  };

  return {
    standing: answered ?? asked.data ?? null,
    proceed,
    /** Set as soon as somebody is in: where they go. */
    way: me ? wayOn(me, next) : null,
    /** `?next=…`, to be carried from one door to another. */
    carry: next ? `?next=${encodeURIComponent(next)}` : "",
  };
}
