import type { Event } from '../contract/events.ts';
import { GatewayError } from './gateway-error.ts';
import type { Matcher } from './matching.ts';

/** As many events as a person reads. */
const EVENTS_TOLD = 12;
const NEAR_TOLD = 3;

/** What was waited for did not come in time; the message says what did. */
export class WaitTimeout extends GatewayError {
  override readonly name = 'WaitTimeout';

  /** @param seen every event there was while it was waited, and before */
  constructor(matcher: Matcher, withinMs: number, seen: readonly Event[]) {
    super('timeout', `No event came within ${withinMs} ms: ${matcher.describe}.\n${told(matcher, seen)}`);
  }
}

function told(matcher: Matcher, seen: readonly Event[]): string {
  if (seen.length === 0) return 'No event came at all. Is the store subscribed, and does anything happen in it?';
  const left = seen.length > EVENTS_TOLD ? `\n  … and ${seen.length - EVENTS_TOLD} before these` : '';
  const came = seen.slice(-EVENTS_TOLD).map((event) => `\n  ${eventLine(event)}`);
  return `What did come (${seen.length}):${came.join('')}${left}${nearest(matcher, seen)}`;
}

/** Those that missed the fewest parts of the pattern, where there is anything to tell them apart by. */
function nearest(matcher: Matcher, seen: readonly Event[]): string {
  const missed = seen.map((event) => ({ event, misses: matcher.misses(event) }));
  const least = Math.min(...missed.map(({ misses }) => misses.length));
  const near = missed.filter(({ misses }) => misses.length === least).slice(-NEAR_TOLD);
  const most = Math.max(...missed.map(({ misses }) => misses.length));
  if (least === most && near.length < missed.length) return '';
  return `\nNearest: ${near.map(({ event, misses }) => `#${event.seq} but for its ${misses.join(' and ')}`).join('; ')}.`;
}

function eventLine({ seq, kind, store, order, data }: Event): string {
  const text = JSON.stringify(data, withoutCustomer);
  return `#${seq} ${kind} ${store}/${order ?? '-'} ${text.length > 120 ? `${text.slice(0, 119)}…` : text}`;
}

/** Errors end in logs, and who the customer is belongs into none. */
function withoutCustomer(key: string, value: unknown): unknown {
  return key === 'customer' ? undefined : value;
}
