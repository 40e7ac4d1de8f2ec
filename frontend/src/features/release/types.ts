import type { Schemas } from "@/api/client";

export type ReleaseState = Schemas["ReleaseStateEnum"];
/** A release in the list. Fields that have a default are never missing in an answer. */
export type ReleaseHead = Required<Schemas["ReleaseHead"]>;
export type ReleaseFile = Required<Schemas["ReleaseFile"]>;
/** A release, whole. */
export type Release = Omit<Required<Schemas["Release"]>, "files"> & { files: ReleaseFile[] };
export type Check = Schemas["ReleaseCheck"];
export type Example = Schemas["CheckExample"];
export type Changes = Schemas["ReleaseChanges"];
export type Options = Schemas["ReleaseOptions"];
export type Preview = Schemas["ReleasePreview"];
