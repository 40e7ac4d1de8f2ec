import { lazy } from "react";
import { actOf, KINDS } from "@/api/tasks";
import { Work } from "@/features/work/Work";

const LOADS = {
  write: () => import("@/features/write/WriteScreen"),
  label: () => import("@/features/label/LabelScreen"),
  rank: () => import("@/features/rank/RankScreen"),
};
const SCREENS = { write: lazy(LOADS.write), label: lazy(LOADS.label), rank: lazy(LOADS.rank) };

// The screens are fetched while the task is asked for, not after it; elsewhere once the page has nothing else to do.
const wished = new URLSearchParams(window.location.search).get("kind");
const kind = KINDS.find((one) => one === wished);
const likely = kind ? [LOADS[actOf(kind)]] : Object.values(LOADS);
const fetchScreens = () => likely.forEach((load) => void load());
// Not before the words and the person have been asked for: the page can draw nothing without them.
if (window.location.pathname.startsWith("/task")) setTimeout(fetchScreens);
else if ("requestIdleCallback" in window) requestIdleCallback(fetchScreens);
else setTimeout(fetchScreens, 3000);

/** Where tasks are done: the flow, with the screen that each kind is done on. */
export default function TaskPage() {
  return <Work screens={SCREENS} />;
}
