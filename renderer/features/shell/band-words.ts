/** What the not-live band says: why, what is being done about it, and what a person can do [FR2]. */
import type { ConnectionState } from '../../../contract/connection-state.ts';
import type { LinkState } from '../../bridge/desk-link.ts';
import type { Standing } from '../../store/standing.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';

export interface BandWords {
  /** Since when, device time; null where it does not matter. */
  readonly since: number | null;
  readonly asOf: number | null;
  readonly parts: readonly Message[];
  readonly detail: string | null;
  readonly action: 'retry' | 'pair' | 'reload' | null;
}

function untilTry(retryAt: number, now: number): Message {
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return seconds === 0 ? say('band.trying') : say('band.nextTry', { seconds });
}

function behind(count: number | null): Message {
  return count === null ? say('band.catchingUpUnknown') : say('band.catchingUp', { count });
}

type Said = Pick<BandWords, 'parts' | 'action'> & { readonly detail?: string | undefined };

/** @param now device time, epoch milliseconds */
function connectionWords(connection: ConnectionState, now: number): Said {
  switch (connection.state) {
    case 'live':
    case 'fallback':
      return { parts: [say('band.picture')], action: null };
    case 'unpaired':
      return { parts: [say('status.unpaired')], action: 'pair' };
    case 'connecting':
      return { parts: [say('band.connecting')], action: null };
    case 'catching-up':
      return { parts: [behind(connection.behind)], action: null };
    case 'waiting': {
      const why = say(`why.${connection.reason}`);
      return { parts: [why, untilTry(connection.retryAt, now)], action: 'retry', detail: connection.detail };
    }
    case 'offline':
      return { parts: [say('band.offline')], action: 'retry' };
    case 'suspended':
      return { parts: [say('band.suspended')], action: 'retry' };
    case 'refused':
      return {
        parts: [say(`band.refused.${connection.code}`)],
        action: connection.code === 'protocol-unsupported' ? 'retry' : 'pair',
        detail: connection.detail,
      };
    case 'closed':
      return { parts: [say('band.closed')], action: null };
    default:
      return connection satisfies never;
  }
}

/**
 * @param now device time, epoch milliseconds
 * @param monotonic the page's monotonic milliseconds, in which a lost link tells its next try
 * @returns null while what is shown is current
 */
export function bandWords(standing: Standing, link: LinkState, now: number, monotonic: number): BandWords | null {
  switch (standing.kind) {
    case 'opening':
    case 'current':
      return null;
    case 'host-gone': {
      const tries = link.state === 'lost' ? [untilTry(link.retryAt, monotonic)] : [];
      const { asOf, since } = standing;
      const unreadable = link.state === 'lost' && link.reason === 'unreadable';
      const why = unreadable ? say('band.unreadable') : say('band.hostGone');
      return { since, asOf, parts: [why, ...tries], detail: null, action: unreadable ? 'reload' : 'retry' };
    }
    case 'not-current': {
      const { desk, asOf } = standing;
      const { parts, action, detail } = connectionWords(desk.connection, now);
      return { since: desk.current ? null : desk.since, asOf, parts, detail: detail ?? null, action };
    }
    default:
      return standing satisfies never;
  }
}
