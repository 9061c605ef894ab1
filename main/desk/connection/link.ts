import type { ConnectionState, RefusalCode, WaitReason } from '../../../contract/connection-state.ts';

/** Names one try to connect; a callback that carries another one than the current is late and ignored [CN6]. */
export type AttemptId = number;

/** How an attempt reaches the gateway: by Socket.IO, or by the REST long poll where Socket.IO cannot live [CN9]. */
export type Way = 'socket' | 'long-poll';

/**
 * The connection with all that deciding about it needs. Times are device wall clock, epoch milliseconds. `tries`
 * counts since the last stable connection; `renewed` says that this try already is the one with a fresh ticket.
 * `httpSince` is since when plain HTTP answers while no socket comes to live, null when it does not [CN9].
 */
export type Link =
  | { readonly state: 'unpaired' }
  | { readonly state: 'closed' }
  | { readonly state: 'suspended' }
  | { readonly state: 'offline'; readonly since: number }
  | { readonly state: 'refused'; readonly code: RefusalCode; readonly detail?: string }
  | {
      readonly state: 'waiting';
      readonly retryAt: number;
      readonly tries: number;
      readonly way: Way;
      readonly httpSince: number | null;
      readonly reason: WaitReason;
      readonly detail?: string;
    }
  | {
      readonly state: 'connecting';
      readonly attempt: AttemptId;
      readonly tries: number;
      readonly way: Way;
      readonly httpSince: number | null;
      /** Whether plain HTTP has answered this very attempt. */
      readonly answered: boolean;
      readonly renewed: boolean;
    }
  | {
      readonly state: 'catching-up';
      readonly attempt: AttemptId;
      readonly tries: number;
      readonly way: Way;
      readonly httpSince: number | null;
      readonly connectedAt: number;
      readonly behind: number | null;
      /** As of a living connection. */
      readonly gaveUpAt?: number;
    }
  | {
      readonly state: 'live';
      readonly attempt: AttemptId;
      readonly tries: number;
      readonly way: Way;
      readonly connectedAt: number;
      readonly since: number;
      /** When to begin the replacement, and the replacement once begun [CN8]; by the long poll, the next probe [CN9]. */
      readonly refreshAt: number;
      readonly next: AttemptId | null;
      /** By the long poll: since when the probe is live, and how long after this one the next probe begins. */
      readonly nextSince: number | null;
      readonly probeMs: number;
      /** When the gateway said that the replacement has taken over, while that has not caught up yet. */
      readonly handedOverAt: number | null;
      /** When a replacement was given up last: what it had said to the gateway may be answered still. */
      readonly gaveUpAt?: number;
    };

/**
 * The state as the screen may know it [CN2].
 * @param wall a moment of the link's own clock → device time
 */
export function publicState(link: Link, wall: (moment: number) => number): ConnectionState {
  switch (link.state) {
    case 'connecting':
      return { state: 'connecting', attempt: link.tries };
    case 'catching-up':
      return { state: 'catching-up', behind: link.behind };
    case 'live':
      return { state: link.way === 'socket' ? 'live' : 'fallback', since: wall(link.since) };
    case 'waiting': {
      const { retryAt, reason, detail } = link;
      const said = detail === undefined ? {} : { detail: detail.slice(0, 500) };
      return { state: 'waiting', retryAt: wall(retryAt), attempt: link.tries, reason, ...said };
    }
    case 'offline':
      return { state: 'offline', since: wall(link.since) };
    case 'unpaired':
    case 'closed':
    case 'suspended':
    case 'refused':
      return link;
    default:
      return link satisfies never;
  }
}

/** The attempt that carries the desk now, null when none does. */
export function currentAttempt(link: Link): AttemptId | null {
  return 'attempt' in link ? link.attempt : null;
}

/** True for an attempt whose callbacks count [CN6]. */
export function belongs(link: Link, attempt: AttemptId): boolean {
  return currentAttempt(link) === attempt || (link.state === 'live' && link.next === attempt);
}
