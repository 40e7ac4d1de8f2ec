import type { Schemas } from "@/api/client";

export type Role = Schemas["PersonRoleEnum"];
export type Person = Schemas["ModeratedPerson"];
export type Profile = Schemas["Profile"];
export type Week = Schemas["Week"];
export type Troll = Schemas["Troll"];
export type Trollboard = Schemas["Trollboard"];
export type Standing = Schemas["StandingEnum"];
export type Status = Pick<Person, "is_active" | "muted_until" | "banned_until" | "watched">;

/** How often something came about, and between which bounds its true share lies. */
export interface Share {
  n: number;
  rate: number | null;
  low: number;
  high: number;
}

export type Batch = Schemas["Batch"];
export type BatchHead = Schemas["BatchHead"];
export type BatchVerb = Schemas["BatchVerbEnum"];
export type Item = Schemas["BatchItem"];
export type ItemState = Schemas["BatchItemStateEnum"];
export type Preview = Schemas["Preview"];
export type Refusals = readonly Schemas["ProblemCount"][];
export type Sample = Schemas["Sample"];
export type Cluster = Schemas["Cluster"];
/** A message that a selection finds. */
export type Found = Schemas["Message"];
