/** What the connection does next: `(state, event, now) → {state, effects}`, pure [CN2]. */
import type { Timing } from '../timing.ts';
import { obeyed } from './backoff.ts';
import type { NextStep } from './classify.ts';
import { belongs } from './link.ts';
import type { Link } from './link.ts';
import * as replacement from './replacement.ts';
import { connect, drops, httpStill, live, refuse, stay, wait, wayThatWorked } from './steps.ts';
import type { Moment, Step } from './steps.ts';
import type { LinkEvent, Report } from './transition-events.ts';

export function transition(link: Link, event: LinkEvent, moment: Moment): Step {
  if (link.state === 'closed') return stay(link);
  switch (event.type) {
    case 'close':
      return { link: { state: 'closed' }, effects: drops(link) };
    case 'unpaired':
      return { link: { state: 'unpaired' }, effects: drops(link) };
    case 'paired':
      return connect(link, moment);
    case 'retry':
    case 'resume':
      return urged(link, event.type, moment);
    case 'suspend':
      return link.state === 'unpaired' || link.state === 'refused'
        ? stay(link)
        : { link: { state: 'suspended' }, effects: drops(link) };
    case 'offline':
      return wentOffline(link, moment);
    case 'online':
      return link.state === 'waiting' || link.state === 'offline' ? connect(link, moment) : stay(link);
    case 'due':
      return due(link, moment);
    case 'route-changed':
      return 'attempt' in link || link.state === 'waiting' || link.state === 'offline'
        ? connect(link, moment)
        : stay(link);
    case 'clock-jump':
      return 'attempt' in link || link.state === 'waiting' || link.state === 'suspended'
        ? connect(link, moment, { way: wayThatWorked(link) })
        : stay(link);
    default:
      return belongs(link, event.attempt) ? reported(link, event, moment) : stay(link);
  }
}

/**
 * When the state has to be looked at again without any event, epoch milliseconds; null when never. A refresh under way
 * has until a minute later.
 */
export function deadline(link: Link, timing: Timing): number | null {
  if (link.state === 'waiting') return Math.min(link.retryAt, fallbackAt(link, timing) ?? link.retryAt);
  if (link.state === 'connecting') return fallbackAt(link, timing);
  if (link.state === 'offline') return link.since + timing.offlineProbe;
  return link.state === 'live' ? replacement.dueAt(link, timing) : null;
}

/** When the long poll takes over, null while it is not known that plain HTTP answers [CN9]. */
function fallbackAt(link: Extract<Link, { state: 'waiting' | 'connecting' }>, timing: Timing): number | null {
  if (link.way !== 'socket' || link.httpSince === null) return null;
  return link.state === 'connecting' && !link.answered ? null : link.httpSince + timing.fallbackAfter;
}

/** A person said "Try now", or the machine woke: whatever was decided before, try. A living connection is left alone. */
function urged(link: Link, by: 'retry' | 'resume', moment: Moment): Step {
  switch (link.state) {
    case 'waiting':
    case 'offline':
    case 'suspended':
      return connect(link, moment);
    case 'refused':
      return by === 'retry' ? connect(link, moment) : stay(link);
    case 'connecting':
      return by === 'retry' ? connect(link, moment) : stay(link);
    case 'live':
      return link.way === 'long-poll' && link.next === null ? replacement.begin(link, moment) : stay(link);
    default:
      return stay(link);
  }
}

/** Only a hint of the host: a living connection proves it wrong or ends by its heartbeat. */
function wentOffline(link: Link, moment: Moment): Step {
  if (moment.loopback || (link.state !== 'waiting' && link.state !== 'connecting')) return stay(link);
  return { link: { state: 'offline', since: moment.now }, effects: drops(link) };
}

function due(link: Link, moment: Moment): Step {
  switch (link.state) {
    case 'offline':
      return connect(link, moment);
    case 'waiting':
    case 'connecting': {
      const at = fallbackAt(link, moment.timing);
      if (at !== null && moment.now >= at) return connect(link, moment, { way: 'long-poll' });
      return link.state === 'waiting' ? connect(link, moment, link) : stay(link);
    }
    case 'live':
      return replacement.due(link, moment);
    default:
      return stay(link);
  }
}

function reported(link: Link, report: Report, moment: Moment): Step {
  if (link.state === 'live' && link.next === report.attempt) return replacement.reported(link, report, moment);
  switch (report.type) {
    case 'answered':
      return link.state === 'connecting'
        ? stay({ ...link, answered: true, httpSince: link.httpSince ?? moment.now })
        : stay(link);
    case 'connected':
      return link.state === 'connecting' ? stay(catchingUp(link, moment.now, null)) : stay(link);
    case 'behind':
      return fellBehind(link, report.behind, moment);
    case 'caught-up':
      return caughtUp(link, moment);
    case 'failed':
      return failed(link, report.next, moment);
    default:
      return report satisfies never;
  }
}

/** One that was handed over while connecting may have said before that it is connected. */
function caughtUp(link: Link, moment: Moment): Step {
  if (link.state === 'catching-up') return stay(live(link, link.connectedAt, moment));
  return link.state === 'connecting' ? stay(live(link, moment.now, moment)) : stay(link);
}

function catchingUp(link: Extract<Link, { state: 'connecting' }>, connectedAt: number, behind: number | null): Link {
  const { attempt, tries, way, httpSince } = link;
  return { state: 'catching-up', attempt, tries, way, httpSince, connectedAt, behind };
}

function fellBehind(link: Link, behind: number | null, moment: Moment): Step {
  if (link.state === 'catching-up') return stay(link.behind === behind ? link : { ...link, behind });
  if (link.state === 'connecting') return stay(catchingUp(link, moment.now, behind));
  return link.state === 'live' ? replacement.fellBehind(link, behind, moment) : stay(link);
}

function failed(link: Link, next: NextStep, moment: Moment): Step {
  const { random, timing } = moment;
  switch (next.step) {
    case 'refuse':
      return refuse(link, next);
    case 'renew':
      return link.state === 'connecting' && link.renewed
        ? wait(link, { reason: 'ticket' }, null, moment)
        : connect(link, moment, {
            way: 'way' in link ? link.way : 'socket',
            httpSince: httpStill(link),
            renewed: true,
          });
    case 'drain':
      return wait(link, { reason: 'draining' }, drainWait(next.retryAfterMs ?? 0, moment), moment);
    case 'stand-back':
      // The replacement has taken over, and only has to catch up.
      if (link.state === 'live' && link.next !== null) return stay({ ...link, handedOverAt: moment.now });
      // One that was given up may have taken over before: nobody else speaks for this desk, and it is not there to go on.
      if (gaveUpLately(link, moment)) return connect(link, moment);
      return wait(link, { reason: 'superseded' }, timing.supersededWait, moment);
    case 'retry': {
      const { retryAfterMs, reason, detail } = next;
      if (link.state === 'live' && link.next !== null) return replacement.carryOn(link, link.next, moment);
      const asked = retryAfterMs === undefined ? null : obeyed(retryAfterMs, random, timing);
      return wait(link, { reason, ...(detail === undefined ? {} : { detail }) }, asked, moment);
    }
    default:
      return next satisfies never;
  }
}

function gaveUpLately(link: Link, { now, timing }: Moment): boolean {
  return 'gaveUpAt' in link && now - link.gaveUpAt <= timing.gaveUpLately;
}

/** Not before it was asked for, and otherwise anywhere within the spread [CN11]. */
function drainWait(askedMs: number, { random, loopback, timing }: Moment): number {
  const most = loopback ? timing.loopbackMost : timing.drainSpread;
  return askedMs + Math.max(most - askedMs, timing.retryAfterSpread) * random;
}
