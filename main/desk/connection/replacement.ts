/**
 * A second attempt beside the one that carries the desk: the hourly replacement of a socket [CN8], and the probe that
 * looks for a way back from the long poll [CN9]. Pure.
 */
import type { AttemptId } from './link.ts';
import { connect, drops, live, refuse, stay } from './steps.ts';
import type { Live, Moment, Step } from './steps.ts';
import type { Report } from './transition-events.ts';

export function begin(link: Live, moment: Moment): Step {
  return {
    link: { ...link, next: moment.fresh, nextSince: null, refreshAt: moment.now },
    effects: [{ effect: 'open', attempt: moment.fresh, way: 'socket' }],
  };
}

/** What is to be done when the time of a living connection has come. */
export function due(link: Live, moment: Moment): Step {
  const { now, timing } = moment;
  const { next } = link;
  if (next !== null && link.handedOverAt !== null) return handOver(link, next);
  // A poll is a request of its own: what outlives a day there is no connection.
  if (link.way === 'socket' && now >= link.connectedAt + timing.connectionMost) return connect(link, moment);
  if (next === null) return begin(link, moment);
  return link.nextSince === null ? without(link, next, moment) : takeOver(link, next, moment);
}

/** When to look at a living connection again, epoch milliseconds. */
export function dueAt(
  link: Live,
  { handOverMost, connectionMost, refreshMost, probeStable }: Moment['timing'],
): number {
  if (link.handedOverAt !== null) return link.handedOverAt + handOverMost;
  if (link.nextSince !== null) return link.nextSince + probeStable;
  const at = link.next === null ? link.refreshAt : link.refreshAt + refreshMost;
  return link.way === 'socket' ? Math.min(link.connectedAt + connectionMost, at) : at;
}

/** It came to nothing: the connection that lives is kept, and replaced later. */
export function without(link: Live, next: AttemptId, moment: Moment): Step {
  const { now, timing } = moment;
  if (link.handedOverAt !== null) return connect(link, moment);
  const probeMs = link.way === 'socket' ? link.probeMs : Math.min(link.probeMs * 2, timing.probeMost);
  const refreshAt = now + (link.way === 'socket' ? timing.refreshRetry : probeMs);
  const given = link.way === 'socket' ? { gaveUpAt: now } : {};
  return {
    link: { ...link, next: null, nextSince: null, probeMs, refreshAt, ...given },
    effects: [{ effect: 'drop', attempt: next }],
  };
}

/** It carries the desk from now on, and has still to catch up. */
export function handOver(link: Live, next: AttemptId): Step {
  return {
    link: {
      ...{ state: 'connecting', attempt: next, tries: 0, way: 'socket' },
      ...{ httpSince: null, answered: true, renewed: false },
    },
    effects: [{ effect: 'drop', attempt: link.attempt }],
  };
}

/** It is live and carries the desk from now on. */
export function takeOver(link: Live, next: AttemptId, moment: Moment): Step {
  const taken = live({ attempt: next, tries: 0, way: 'socket' }, moment.now, moment);
  return {
    // Where a socket follows a socket nothing happened for the screen: it is live since when it was.
    link: link.way === 'socket' ? { ...taken, since: link.since } : taken,
    effects: [{ effect: 'drop', attempt: link.attempt }],
  };
}

export function reported(link: Live, report: Report, moment: Moment): Step {
  switch (report.type) {
    case 'connected':
    case 'answered':
      return stay(link);
    case 'behind':
      // A probe that loses what it had is not stable, and has to prove itself anew.
      return link.nextSince === null ? stay(link) : stay({ ...link, nextSince: null, refreshAt: moment.now });
    case 'caught-up':
      if (link.way === 'socket') return takeOver(link, report.attempt, moment);
      return link.nextSince === null ? stay({ ...link, nextSince: moment.now }) : stay(link);
    case 'failed':
      return report.next.step === 'refuse' ? refuse(link, report.next) : without(link, report.attempt, moment);
    default:
      return report satisfies never;
  }
}

/** The connection that carries the desk died with the other one under way. */
export function carryOn(link: Live, next: AttemptId, moment: Moment): Step {
  if (link.nextSince !== null) return takeOver(link, next, moment);
  // After a hand-over its end was expected.
  return link.handedOverAt === null ? handOver(link, next) : stay(link);
}

function gaveUp({ gaveUpAt }: Live): { gaveUpAt?: number } {
  return gaveUpAt === undefined ? {} : { gaveUpAt };
}

/** Never shown as live while something is missing; what is under way beside it goes on only where it has all. */
export function fellBehind(link: Live, behind: number | null, moment: Moment): Step {
  const { attempt, tries, way, connectedAt, next } = link;
  if (next !== null && link.nextSince !== null) return takeOver(link, next, moment);
  return {
    link: {
      ...{ state: 'catching-up', attempt, tries, way, httpSince: null, connectedAt, behind },
      ...(next === null ? gaveUp(link) : { gaveUpAt: moment.now }),
    },
    effects: drops(link).filter((drop) => drop.attempt !== attempt),
  };
}
