/** Where `?next=` leads, if it is an address of this site; else `otherwise`. */
export function safeNext(next: string | null, otherwise: string): string {
  if (!next || !next.startsWith("/")) return otherwise;
  try {
    // The browser reads "/\host" and "//host" as another site; so ask it. What "/.//host" comes down to is one too.
    const there = new URL(next, window.location.origin);
    const here = there.origin === window.location.origin && !there.pathname.startsWith("//");
    return here ? there.pathname + there.search + there.hash : otherwise;
  } catch {
    return otherwise;
  }
}

/** An address that leads on to another one afterwards. */
export function withNext(path: string, next: string): string {
  return `${path}?next=${encodeURIComponent(next)}`;
}
