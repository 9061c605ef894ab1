import type { FollowTimings } from '../../../../gateway/chains/follow/timings.ts';

/** In which a line is expected to be heard, milliseconds: a machine that is busy with something else is no silence. */
export const EXPECTED_MS = 2_000;

/** As patient as a gateway is with a public node, hurried; what hangs is left to the machine's own pace. */
export function followTimings(scale: number): FollowTimings {
  return {
    pollMs: Math.max(20, 1_000 * scale),
    timeoutMs: Math.max(1_000, 10_000 * scale),
    recheckMs: Math.max(20, 2_000 * scale),
    dropAfterMs: 20_000 * scale,
    stallAfterMs: 600_000,
    retryMinMs: Math.max(20, 1_000 * scale),
    retryMaxMs: Math.max(100, 5_000 * scale),
  };
}
