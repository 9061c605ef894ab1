/** How patient the watcher is; all in milliseconds. */
export interface FollowTimings {
  /** Between two looks at the head; heads that are pushed come at once besides. */
  readonly pollMs: number;
  /** For one answer of a node. */
  readonly timeoutMs: number;
  /** Between two look-ups of the same unmined payment. */
  readonly recheckMs: number;
  /** How long a payment has to be in neither pool nor chain until it is called dropped. */
  readonly dropAfterMs: number;
  /** How long a head may stand still until another endpoint is tried, and until polls stop proving the line. */
  readonly stallAfterMs: number;
  /** Back-off of a failing endpoint: from, doubling, to. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
}

export function followTimings(pollSeconds: number, given: Partial<FollowTimings>): FollowTimings {
  const pollMs = pollSeconds * 1000;
  return {
    pollMs,
    timeoutMs: 10_000,
    recheckMs: Math.max(pollMs, 5_000),
    dropAfterMs: 10 * 60_000,
    stallAfterMs: 2 * 60_000,
    retryMinMs: 1_000,
    retryMaxMs: 60_000,
    ...given,
  };
}
