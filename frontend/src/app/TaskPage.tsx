import { lazy } from "react";
import { actOf, KINDS } from "@/api/tasks";
import { Work } from "@/features/work/Work";

const LOADS = {
  write: () => import("@/features/write/WriteScreen"),
  label: () => import("@/features/label/LabelScreen"),
  rank: () => import("@/features/rank/RankScreen"),
};
const SCREENS = { write: lazy(LOADS.write), label: lazy(LOADS.label), rank: lazy(LOADS.rank) };

// The screen is fetched while the task is asked for, not after it, where the address says which it will be.
const wished = new URLSearchParams(window.location.search).get("kind");
const kind = KINDS.find((one) => one === wished);
if (kind) void LOADS[actOf(kind)]();

/** Where tasks are done: the flow, with the screen that each kind is done on. */
export default function TaskPage() {
  return <Work screens={SCREENS} />;
}
