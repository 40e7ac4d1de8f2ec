/** The time zone of this browser. */
export function detectedZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** All time zones the browser knows, and those in use even if it doesn't. */
export function zones(...used: readonly string[]): string[] {
  return [...new Set(["UTC", ...used, ...Intl.supportedValuesOf("timeZone")])].sort();
}
