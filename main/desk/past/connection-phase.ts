/** The connection's past as a screen draws it. Pure. Times are device time, epoch milliseconds. */
import type { ConnectionState } from '../../../contract/connection-state.ts';
import type { ConnectionPhase, ConnectionSegment } from '../../../contract/history.ts';
import type { Phase } from '../journal/journal.ts';

/** Trying and waiting to try alternate within seconds, and mean the same to whoever looks back. */
export function phaseOf({ state }: ConnectionState): ConnectionPhase {
  return state === 'waiting' ? 'connecting' : state;
}

/**
 * Phases as segments without a hole, from `from` to `now`; nothing is told of before the first phase.
 * @param phases oldest first; one that seems to begin after the next, because the clock was set back, is cut at it
 */
export function segmentsOf(phases: readonly Phase[], from: number, now: number): ConnectionSegment[] {
  const segments: ConnectionSegment[] = [];
  let to = now;
  for (const { at, state, transport } of phases.toReversed()) {
    const begin = Math.max(Math.min(at, to), from);
    if (begin < to) segments.push({ from: begin, to, state, transport });
    to = begin;
    if (to <= from) break;
  }
  return segments.reverse().reduce<ConnectionSegment[]>(joined, []);
}

/** From the best to the worst, as whoever relied on the screen has it. */
const severity: readonly ConnectionPhase[] = [
  'live',
  'fallback',
  'catching-up',
  'closed',
  'suspended',
  'unpaired',
  'connecting',
  'offline',
  'refused',
];

/** At most so many segments: runs of short ones become one, as bad as the worst of them. */
export function fewer(segments: readonly ConnectionSegment[], most: number): ConnectionSegment[] {
  const [first, last] = [segments[0], segments.at(-1)];
  let few = [...segments];
  for (let short = first && last ? (last.to - first.from) / most : 0; few.length > most; short *= 2) {
    few = few.reduce<ConnectionSegment[]>((before, next) => blended(before, next, short), []);
  }
  return few;
}

function joined(before: ConnectionSegment[], next: ConnectionSegment): ConnectionSegment[] {
  const last = before.at(-1);
  if (last?.state !== next.state || last.transport !== next.transport) before.push(next);
  else before[before.length - 1] = { ...last, to: next.to };
  return before;
}

function blended(before: ConnectionSegment[], next: ConnectionSegment, short: number): ConnectionSegment[] {
  const last = before.at(-1);
  const both = last && last.to - last.from < short && next.to - next.from < short;
  if (!both) return joined(before, next);
  const worst = severity.indexOf(next.state) > severity.indexOf(last.state) ? next : last;
  before[before.length - 1] = { ...worst, from: last.from, to: next.to };
  return before;
}
