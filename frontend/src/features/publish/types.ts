import type { Schemas } from "@/api/client";

/** What everybody is told of has been published at some time, which the API's description doesn't promise. */
type Public = { published_at: string };

/** A data set in the list of all. */
export type Listed = Required<Schemas["DatasetHead"]> & Public;

export type Numbers = Schemas["ReleaseNumbers"];
export type ReleaseFile = Required<Schemas["ReleaseFile"]>;
export type Changes = Schemas["ReleaseChanges"];
/** A message of a data set that was taken back after it was published. */
export type Gone = Schemas["Tombstone"];

/** A message of a sample, as the published file of trees has it: what is unknown is left out. */
export interface SampleMessage {
  message_id: string;
  text: string;
  role: Schemas["MessageRoleEnum"];
  lang: string;
  rank?: number | null;
  review_count?: number;
  replies?: SampleMessage[];
}

export interface Sample {
  message_tree_id: string;
  prompt: SampleMessage;
}

/** All of one data set. */
export type DataSet = Omit<Required<Schemas["Dataset"]>, "files" | "samples"> &
  Public & { files: ReleaseFile[]; samples: Sample[] };
