/** Milliseconds a child must run to count as stable. */
export const stableMs = 60_000;

/**
 * How long to wait before a child is started again.
 * @param failures how often it ended in a row without having been stable, 1 for the first time
 * @returns milliseconds: 1, 2, 4 … 30 s
 */
export function restartDelay(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.max(0, failures - 1));
}
