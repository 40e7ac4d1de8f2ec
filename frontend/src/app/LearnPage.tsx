import { lazy } from "react";
import { Walk } from "@/features/learn/Walk";

const SCREENS = {
  label: lazy(() => import("@/features/label/LabelScreen")),
  rank: lazy(() => import("@/features/rank/RankScreen")),
  write: lazy(() => import("@/features/write/WriteScreen")),
};

/** The walk through the examples, on the screens that the tasks are done on. */
export default function LearnPage() {
  return <Walk screens={SCREENS} />;
}
