/** The steps that transitions are made of. Pure. */
import type { Timing } from '../timing.ts';
import { backoff } from './backoff.ts';
import type { NextStep } from './classify.ts';
import type { AttemptId, Link, Way } from './link.ts';

export type Effect =
  | { readonly effect: 'open'; readonly attempt: AttemptId; readonly way: Way }
  | { readonly effect: 'drop'; readonly attempt: AttemptId };

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

export type Live = Extract<Link, { state: 'live' }>;
type Waiting = Extract<Link, { state: 'waiting' }>;

export function stay(link: Link): Step {
  return { link, effects: [] };
}

export function drops(link: Link): Effect[] {
  const attempts = [
    ...('attempt' in link ? [link.attempt] : []),
    ...(link.state === 'live' && link.next !== null ? [link.next] : []),
  ];
  return attempts.map((attempt) => ({ effect: 'drop', attempt }));
}

/** What a new try takes over from what was before; nothing where somebody or something new urges to it. */
export interface Inherited {
  readonly way?: Way;
  readonly renewed?: boolean;
  readonly httpSince?: number | null;
}

/** A new try at once. */
export function connect(link: Link, moment: Moment, from: Inherited = {}): Step {
  const { way = 'socket', renewed = false, httpSince = null } = from;
  const tries = 'tries' in link ? link.tries : 0;
  return {
    link: { state: 'connecting', attempt: moment.fresh, tries, way, httpSince, answered: false, renewed },
    effects: [...drops(link), { effect: 'open', attempt: moment.fresh, way }],
  };
}

export function refuse(link: Link, { code, detail }: Extract<NextStep, { step: 'refuse' }>): Step {
  const said = detail === undefined ? {} : { detail };
  return { link: { state: 'refused', code, ...said }, effects: drops(link) };
}

/** @param askedMs a wait the gateway asked for: it speaks, so the way to it is not what is wrong [CN9] */
export function wait(
  link: Link,
  why: Pick<Waiting, 'reason' | 'detail'>,
  askedMs: number | null,
  moment: Moment,
): Step {
  const { now, random, loopback, timing } = moment;
  const stable = 'connectedAt' in link && now - link.connectedAt >= timing.stable;
  const tries = stable ? 0 : ('tries' in link ? link.tries : 0) + 1;
  const ms = askedMs ?? backoff(tries, random, loopback, timing);
  const httpSince = askedMs === null ? httpStill(link) : null;
  const next = { way: wayThatWorked(link), httpSince, ...why };
  return { link: { state: 'waiting', retryAt: now + ms, tries, ...next }, effects: drops(link) };
}

/** The long poll is tried again only where it carried the desk before; else Socket.IO gets its chance first. */
export function wayThatWorked(link: Link): Way {
  return 'connectedAt' in link ? link.way : 'socket';
}

/** Since when plain HTTP answers without a socket that lives, as an attempt that ends leaves it. */
export function httpStill(link: Link): number | null {
  if (link.state === 'connecting') return link.answered && link.way === 'socket' ? link.httpSince : null;
  return link.state === 'catching-up' ? link.httpSince : null;
}

export function live(
  of: { readonly attempt: AttemptId; readonly tries: number; readonly way: Way },
  connectedAt: number,
  { now, timing }: Moment,
): Live {
  const { attempt, tries, way } = of;
  const refreshAt = way === 'socket' ? connectedAt + timing.refreshAfter : now + timing.probeFirst;
  return {
    ...{ state: 'live', attempt, tries, way, connectedAt, since: now },
    ...{ refreshAt, next: null, nextSince: null, probeMs: timing.probeFirst, handedOverAt: null },
  };
}
