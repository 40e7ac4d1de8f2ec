import type { ReactNode } from "react";
import type { Check } from "@/api/checks";
import type { Problem } from "@/api/problems";
import type { Answer, Task } from "@/api/tasks";

/** What is kept of an answer while it is being made. Each screen keeps its own shape under its own key. */
export interface DraftContent {
  text?: string;
  labels?: Record<string, number>;
  /** Questions answered with "can't tell". They are sent as unanswered. */
  unsure?: string[];
  order?: string[][];
  unacceptable?: string[];
  notRankable?: boolean;
}

/** A draft as a screen sees it: what there is, and a way to keep more. Saving is somebody else's business. */
export interface DraftHandle {
  content: DraftContent;
  keep: (content: DraftContent) => void;
}

/** What the screen of a task is given. It neither fetches nor sends: the walk-through shows it with examples. */
export interface TaskScreenProps {
  task: Task;
  draft: DraftHandle;
  /** Hand the answer in. */
  submit: (answer: Answer) => void;
  /** An answer is on its way. */
  busy: boolean;
  /** Why the last answer was refused. */
  problem?: Problem | undefined;
  /** Buttons that every task has (skip, report), for the bar at the foot. */
  tools?: ReactNode;
  /** Have a machine look at a text before it is sent; not where nothing is sent. */
  check?: Check;
}
