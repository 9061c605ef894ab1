import type { Rate } from './rate-limit.ts';

/** How often desks may knock. */
export interface Rates {
  /** Tickets asked for from one remote address, and, counted apart, sockets opened from it. */
  readonly address: Rate;
  /** Tickets given to one desk. */
  readonly desk: Rate;
}

/**
 * After a gateway was away, all desks of a shop knock from one address: 500 of them, and each tries some times in its
 * first seconds. One desk waits a second or more between two tries [CN3].
 */
export const RATES: Rates = {
  address: { burst: 5_000, perSecond: 200 },
  desk: { burst: 60, perSecond: 2 },
};
