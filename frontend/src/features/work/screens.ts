import type { ComponentType } from "react";
import type { Act } from "@/api/tasks";
import type { TaskScreenProps } from "@/components/task/types";

/** What each kind of task is done on. Whoever composes the app says which. */
export type Screens = Record<Act, ComponentType<TaskScreenProps>>;
