import type { Schemas } from "@/api/client";

export type CaseHead = Schemas["CaseHead"];
export type Case = Schemas["Case"];
export type Cause = Schemas["Cause"];
export type CaseMessage = Schemas["CaseMessage"];
export type CaseReport = Schemas["CaseReport"];
/** Somebody with what became of their work and what was decided about them. */
export type PersonRecord = Schemas["CasePerson"];
export type Appeal = Schemas["CaseAppeal"];
export type Purge = Schemas["CasePurge"];
export type Verb = Schemas["CaseVerbEnum"];
export type Counts = Schemas["QueueCounts"];
