/** What is opened or typed is told at once, though not more often than this. */
const QUIET_MS = 2_000;

/**
 * In how many milliseconds to tell what changed on the page, all moments by one clock: at once, or once some
 * quiet has passed since it was last told; not at all where the next poll says it as soon.
 */
export function tellIn(now: number, toldAt: number, pollDueAt: number): number | undefined {
  const wait = Math.max(0, toldAt + QUIET_MS - now);
  return pollDueAt - (now + wait) <= QUIET_MS ? undefined : wait;
}
