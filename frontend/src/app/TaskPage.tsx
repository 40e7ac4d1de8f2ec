import { lazy } from "react";
import { Work } from "@/features/work/Work";

const SCREENS = {
  write: lazy(() => import("@/features/write/WriteScreen")),
  label: lazy(() => import("@/features/label/LabelScreen")),
  rank: lazy(() => import("@/features/rank/RankScreen")),
};

/** Where tasks are done: the flow, with the screen that each kind is done on. */
export default function TaskPage() {
  return <Work screens={SCREENS} />;
}
