/** How often a page that falls is brought back, and when it is not any more. */
export interface CrashLoop {
  /** Times of the last falls, monotonic milliseconds. */
  readonly falls: readonly number[];
}

export const noFalls: CrashLoop = { falls: [] };
/** More than this many falls within `withinMs`: the next reload would only be the next fall. */
const most = 5;
const withinMs = 60_000;
/** The second fall in a row waits a little, the first is mended at once. */
const waitsMs = [0, 250, 500, 1_000, 2_000];

/** @param now monotonic milliseconds @returns milliseconds until the reload, null when it is given up */
export function afterFall(loop: CrashLoop, now: number): { loop: CrashLoop; reloadInMs: number | null } {
  const falls = [...loop.falls.filter((at) => now - at < withinMs), now];
  const wait = falls.length > most ? null : (waitsMs[falls.length - 1] ?? null);
  return { loop: { falls }, reloadInMs: wait };
}
