/** What the answers are kept under. */
export const PEOPLE = ["moderation", "people"] as const;
export const TROLLS = ["moderation", "trolls"] as const;
export const BATCHES = ["moderation", "batches"] as const;
export const FOUND = ["moderation", "messages"] as const;
export const CLUSTERS = ["moderation", "clusters"] as const;
