/** How far the server's clock is ahead of this device's, in milliseconds: phones are often minutes off. */
let ahead = 0;

/** Learn from the Date header of an answer. It counts whole seconds, so only real differences are believed. */
export function setByServer(header: string | null, now: number = Date.now()): void {
  const said = header === null ? NaN : Date.parse(header);
  if (Number.isNaN(said)) return;
  const difference = said - now;
  ahead = Math.abs(difference) < 2000 ? 0 : difference;
}

/** Now, as the server would say. */
export function serverNow(): number {
  return Date.now() + ahead;
}
