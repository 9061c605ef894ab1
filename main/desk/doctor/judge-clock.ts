import { bestOffset, offsetOf } from '../clock/offset-estimator.ts';
import type { ClockSample } from '../clock/offset-estimator.ts';
import { found } from './found.ts';
import type { Found } from './found.ts';

/** As far as a device's clock may be off before it is named [CK3], milliseconds. */
const TOLERANCE_MS = 30_000;

/** @param samples device times by its wall clock; pure */
export function judgeClock(samples: readonly ClockSample[]): Found {
  const best = bestOffset(samples.map(offsetOf).filter((offset) => offset !== null));
  // A wall clock that is set back between question and answer says nothing about the gateway's.
  if (!best) return found('way-trouble', { what: 'clock' });
  const seconds = Math.round(Math.abs(best.offset) / 1000);
  if (best.offset > TOLERANCE_MS) return found('clock-behind', { seconds });
  if (best.offset < -TOLERANCE_MS) return found('clock-ahead', { seconds });
  return found('clock-right', { error: Math.max(1, Math.ceil(Math.abs(best.offset) + best.roundTrip / 2)) });
}
