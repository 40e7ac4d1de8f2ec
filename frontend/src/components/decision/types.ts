import type { Schemas } from "@/api/client";

/** A line of the log. */
export type Decision = Schemas["Decision"];
