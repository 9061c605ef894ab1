/** What the connection does next: `(state, event, now) → {state, effects}`, pure [CN2]. */
import type { Timing } from '../timing.ts';
import { backoff, obeyed } from './backoff.ts';
import type { NextStep } from './classify.ts';
import { belongs } from './link.ts';
import type { AttemptId, Link } from './link.ts';

export type LinkEvent =
  | { readonly type: 'paired' | 'unpaired' | 'close' | 'retry' | 'suspend' | 'resume' | 'offline' | 'online' | 'due' }
  | { readonly type: 'connected' | 'caught-up'; readonly attempt: AttemptId }
  | { readonly type: 'behind'; readonly attempt: AttemptId; readonly behind: number | null }
  | { readonly type: 'failed'; readonly attempt: AttemptId; readonly next: NextStep }
  | { readonly type: 'clock-jump' };

export type Effect =
  { readonly effect: 'open'; readonly attempt: AttemptId } | { readonly effect: 'drop'; readonly attempt: AttemptId };

/** What a transition may depend on beside state and event. */
export interface Moment {
  /** Wall clock, epoch milliseconds. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: number;
  /** The id an attempt opened by this transition gets; never used before. */
  readonly fresh: AttemptId;
  readonly loopback: boolean;
  readonly timing: Timing;
}

export interface Step {
  readonly link: Link;
  readonly effects: readonly Effect[];
}

type Live = Extract<Link, { state: 'live' }>;

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
    case 'clock-jump':
      return 'attempt' in link || link.state === 'waiting' || link.state === 'suspended'
        ? connect(link, moment)
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
  if (link.state === 'waiting') return link.retryAt;
  if (link.state === 'offline') return link.since + timing.offlineProbe;
  if (link.state !== 'live') return null;
  if (link.handedOverAt !== null) return link.handedOverAt + timing.handOverMost;
  const bound = link.connectedAt + timing.connectionMost;
  return Math.min(bound, link.next === null ? link.refreshAt : link.refreshAt + timing.refreshMost);
}

function stay(link: Link): Step {
  return { link, effects: [] };
}

function drops(link: Link): Effect[] {
  const attempts = [
    ...('attempt' in link ? [link.attempt] : []),
    ...(link.state === 'live' && link.next !== null ? [link.next] : []),
  ];
  return attempts.map((attempt) => ({ effect: 'drop', attempt }));
}

/** A new try at once. */
function connect(link: Link, moment: Moment, renewed = false): Step {
  const tries = 'tries' in link ? link.tries : 0;
  return {
    link: { state: 'connecting', attempt: moment.fresh, tries, renewed },
    effects: [...drops(link), { effect: 'open', attempt: moment.fresh }],
  };
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
  if (link.state === 'waiting' || link.state === 'offline') return connect(link, moment);
  if (link.state !== 'live') return stay(link);
  if (link.next !== null && link.handedOverAt !== null) return handOver(link, link.next);
  if (moment.now >= link.connectedAt + moment.timing.connectionMost) return connect(link, moment);
  if (link.next !== null) return withoutNext(link, link.next, moment);
  return {
    link: { ...link, next: moment.fresh, refreshAt: moment.now },
    effects: [{ effect: 'open', attempt: moment.fresh }],
  };
}

/** The replacement came to nothing: the connection that lives is kept, and replaced later. */
function withoutNext(link: Live, next: AttemptId, moment: Moment): Step {
  const { now, timing } = moment;
  if (link.handedOverAt !== null) return connect(link, moment);
  return {
    link: { ...link, next: null, refreshAt: now + timing.refreshRetry },
    effects: [{ effect: 'drop', attempt: next }],
  };
}

type Report = Extract<LinkEvent, { attempt: AttemptId }>;

function reported(link: Link, report: Report, moment: Moment): Step {
  if (link.state === 'live' && link.next === report.attempt) return replacementReported(link, report, moment);
  switch (report.type) {
    case 'connected':
      return link.state === 'connecting'
        ? stay({ ...pick(link), state: 'catching-up', connectedAt: moment.now, behind: null })
        : stay(link);
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
  if (link.state === 'catching-up') return stay(live(pick(link), link.connectedAt, moment));
  return link.state === 'connecting' ? stay(live(pick(link), moment.now, moment)) : stay(link);
}

function pick({ attempt, tries }: { attempt: AttemptId; tries: number }): { attempt: AttemptId; tries: number } {
  return { attempt, tries };
}

function live(of: { attempt: AttemptId; tries: number }, connectedAt: number, { now, timing }: Moment): Live {
  const refreshAt = connectedAt + timing.refreshAfter;
  return { ...of, state: 'live', connectedAt, since: now, refreshAt, next: null, handedOverAt: null };
}

/** Never shown as live while something is missing; a replacement under way would only be in the way then. */
function fellBehind(link: Link, behind: number | null, { now }: Moment): Step {
  if (link.state === 'catching-up') return stay(link.behind === behind ? link : { ...link, behind });
  if (link.state === 'connecting') return stay({ ...pick(link), state: 'catching-up', connectedAt: now, behind });
  if (link.state !== 'live') return stay(link);
  const effects: Effect[] = link.next === null ? [] : [{ effect: 'drop', attempt: link.next }];
  return { link: { ...pick(link), state: 'catching-up', connectedAt: link.connectedAt, behind }, effects };
}

function replacementReported(link: Live, report: Report, moment: Moment): Step {
  switch (report.type) {
    case 'connected':
    case 'behind':
      return stay(link);
    case 'caught-up':
      return {
        // For the screen nothing happened: it is live since when it was.
        link: { ...live({ attempt: report.attempt, tries: 0 }, moment.now, moment), since: link.since },
        effects: [{ effect: 'drop', attempt: link.attempt }],
      };
    case 'failed':
      return report.next.step === 'refuse' ? refuse(link, report.next) : withoutNext(link, report.attempt, moment);
    default:
      return report satisfies never;
  }
}

function refuse(link: Link, { code, detail }: Extract<NextStep, { step: 'refuse' }>): Step {
  const said = detail === undefined ? {} : { detail };
  return { link: { state: 'refused', code, ...said }, effects: drops(link) };
}

function failed(link: Link, next: NextStep, moment: Moment): Step {
  const { random, timing } = moment;
  switch (next.step) {
    case 'refuse':
      return refuse(link, next);
    case 'renew':
      return link.state === 'connecting' && link.renewed
        ? wait(link, { reason: 'ticket' }, null, moment)
        : connect(link, moment, true);
    case 'drain':
      return wait(link, { reason: 'draining' }, drainWait(next.retryAfterMs ?? 0, moment), moment);
    case 'stand-back':
      // The replacement has taken over, and only has to catch up.
      if (link.state === 'live' && link.next !== null) return stay({ ...link, handedOverAt: moment.now });
      return wait(link, { reason: 'superseded' }, timing.supersededWait, moment);
    case 'retry': {
      const { retryAfterMs, reason, detail } = next;
      // One that died with its replacement under way goes on as the replacement; after a hand-over that was expected.
      if (link.state === 'live' && link.next !== null) {
        return link.handedOverAt === null ? handOver(link, link.next) : stay(link);
      }
      const asked = retryAfterMs === undefined ? null : obeyed(retryAfterMs, random, timing);
      return wait(link, { reason, ...(detail === undefined ? {} : { detail }) }, asked, moment);
    }
    default:
      return next satisfies never;
  }
}

/** Not before it was asked for, and otherwise anywhere within the spread [CN11]. */
function drainWait(askedMs: number, { random, loopback, timing }: Moment): number {
  const most = loopback ? timing.loopbackMost : timing.drainSpread;
  return askedMs + Math.max(most - askedMs, timing.retryAfterSpread) * random;
}

function handOver(link: Live, next: AttemptId): Step {
  return {
    link: { state: 'connecting', attempt: next, tries: 0, renewed: false },
    effects: [{ effect: 'drop', attempt: link.attempt }],
  };
}

type Waiting = Extract<Link, { state: 'waiting' }>;

function wait(link: Link, why: Pick<Waiting, 'reason' | 'detail'>, askedMs: number | null, moment: Moment): Step {
  const { now, random, loopback, timing } = moment;
  const stable = 'connectedAt' in link && now - link.connectedAt >= timing.stable;
  const tries = stable ? 0 : ('tries' in link ? link.tries : 0) + 1;
  const ms = askedMs ?? backoff(tries, random, loopback, timing);
  return { link: { state: 'waiting', retryAt: now + ms, tries, ...why }, effects: drops(link) };
}
