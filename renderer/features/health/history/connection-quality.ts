/** What a connection's history says of how much the screen could be believed. Times are device time, milliseconds. */
import type { ConnectionPhase, ConnectionSegment } from '../../../../contract/history.ts';

/** Phases in which a person who looks is not shown what is current. */
export const lostPhases = [
  'catching-up',
  'connecting',
  'offline',
  'refused',
] as const satisfies readonly ConnectionPhase[];
export type LostPhase = (typeof lostPhases)[number];

/** `away`: Tillwatch was not open, asleep or not paired, so that nobody could look. */
export type Standing = 'current' | 'not-current' | 'away';

export function standingOf(phase: ConnectionPhase): Standing {
  switch (phase) {
    case 'live':
    case 'fallback':
      return 'current';
    case 'catching-up':
    case 'connecting':
    case 'offline':
    case 'refused':
      return 'not-current';
    case 'suspended':
    case 'unpaired':
    case 'closed':
      return 'away';
    default:
      return phase satisfies never;
  }
}

export interface Quality {
  /** Time in which somebody could look, and in which what he saw was current. */
  readonly openMs: number;
  readonly currentMs: number;
  /** Times without being current, each from its begin to its end. */
  readonly interruptions: number;
  readonly longestMs: number;
}

/** @param segments oldest first, without a hole */
export function qualityOf(segments: readonly ConnectionSegment[]): Quality {
  let [openMs, currentMs, interruptions, longestMs, lostMs] = [0, 0, 0, 0, 0];
  for (const { from, to, state } of segments) {
    const standing = standingOf(state);
    if (standing !== 'away') openMs += to - from;
    if (standing === 'current') currentMs += to - from;
    if (standing !== 'not-current') {
      lostMs = 0;
      continue;
    }
    if (lostMs === 0) interruptions += 1;
    lostMs += to - from;
    longestMs = Math.max(longestMs, lostMs);
  }
  return { openMs, currentMs, interruptions, longestMs };
}

export interface QualityOfHour extends Pick<Quality, 'openMs' | 'currentMs'> {
  /** When the hour begins. */
  readonly from: number;
}

const HOUR_MS = 3_600_000;

/** Hour by hour, the first one from where the history begins on; hours of this device's clock in whole offsets of UTC. */
export function qualityPerHour(segments: readonly ConnectionSegment[]): QualityOfHour[] {
  const hours = new Map<number, { openMs: number; currentMs: number }>();
  for (const { from, to, state } of segments) {
    const standing = standingOf(state);
    for (let start = Math.floor(from / HOUR_MS) * HOUR_MS; start < to; start += HOUR_MS) {
      const hour = hours.get(start) ?? { openMs: 0, currentMs: 0 };
      const span = Math.min(to, start + HOUR_MS) - Math.max(from, start);
      if (standing !== 'away') hour.openMs += span;
      if (standing === 'current') hour.currentMs += span;
      hours.set(start, hour);
    }
  }
  return [...hours].sort(([a], [b]) => a - b).map(([from, hour]) => ({ from, ...hour }));
}
