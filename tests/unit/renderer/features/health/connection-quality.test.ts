import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionPhases } from '../../../../../contract/history.ts';
import type { ConnectionPhase, ConnectionSegment } from '../../../../../contract/history.ts';
import {
  qualityOf,
  qualityPerHour,
  standingOf,
} from '../../../../../renderer/features/health/history/connection-quality.ts';
import { piecesOf } from '../../../../../renderer/features/health/history/connection-strip.tsx';
import { interruptionsOf } from '../../../../../renderer/features/health/history/interruptions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = 10 * HOUR;

/** Phases one after the other, each so many minutes long. */
function history(...phases: readonly (readonly [ConnectionPhase, number])[]): ConnectionSegment[] {
  let at = START;
  return phases.map(([state, minutes]) => {
    const from = at;
    at += minutes * MINUTE;
    return { from, to: at, state, transport: null };
  });
}

const anyHistory = fc
  .array(fc.tuple(fc.constantFrom(...connectionPhases), fc.integer({ min: 1, max: 200 })), { maxLength: 30 })
  .map((phases) => history(...phases));

describe('connection quality', () => {
  it('counts an interruption once, in however many phases it passed', () => {
    const quality = qualityOf(
      history(['live', 50], ['connecting', 2], ['offline', 3], ['catching-up', 1], ['live', 10], ['connecting', 4]),
    );
    expect(quality).toEqual({
      ...{ openMs: 70 * MINUTE, currentMs: 60 * MINUTE, interruptions: 2 },
      longestMs: 6 * MINUTE,
    });
  });

  it('takes the slower path for current, and leaves out while nobody could look', () => {
    const quality = qualityOf(history(['fallback', 10], ['closed', 500], ['suspended', 60], ['live', 10]));
    expect(quality).toEqual({ openMs: 20 * MINUTE, currentMs: 20 * MINUTE, interruptions: 0, longestMs: 0 });
  });

  it('tells two interruptions with a closed application between them apart', () => {
    expect(qualityOf(history(['connecting', 5], ['closed', 60], ['connecting', 7])).interruptions).toBe(2);
  });

  it('adds up to the same by the hour as over all', () => {
    fc.assert(
      fc.property(anyHistory, (segments) => {
        const hours = qualityPerHour(segments);
        const { openMs, currentMs } = qualityOf(segments);
        expect(hours.reduce((sum, hour) => sum + hour.openMs, 0)).toBe(openMs);
        expect(hours.reduce((sum, hour) => sum + hour.currentMs, 0)).toBe(currentMs);
        expect(hours.every((hour) => hour.openMs <= HOUR && hour.currentMs <= hour.openMs)).toBe(true);
        expect(
          hours.every(({ from }, n) => from % HOUR === 0 && (n === 0 || from === (hours[n - 1]?.from ?? 0) + HOUR)),
        ).toBe(true);
      }),
    );
  });
});

describe('interruptions', () => {
  it('are told newest first, with what happened in each and whether it goes on', () => {
    const segments = history(['live', 5], ['connecting', 2], ['offline', 3], ['live', 5], ['refused', 9]);
    expect(interruptionsOf(segments)).toEqual([
      { from: START + 15 * MINUTE, to: START + 24 * MINUTE, phases: ['refused'], open: true },
      { from: START + 5 * MINUTE, to: START + 10 * MINUTE, phases: ['connecting', 'offline'], open: false },
    ]);
  });

  it('are as many and as long as the quality says', () => {
    fc.assert(
      fc.property(anyHistory, (segments) => {
        const found = interruptionsOf(segments);
        const { interruptions, longestMs, openMs, currentMs } = qualityOf(segments);
        expect(found).toHaveLength(interruptions);
        expect(Math.max(0, ...found.map(({ from, to }) => to - from))).toBe(longestMs);
        expect(found.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(openMs - currentMs);
      }),
    );
  });
});

describe('the strip', () => {
  it('covers the whole time without a hole, and joins what looks the same', () => {
    fc.assert(
      fc.property(anyHistory, (segments) => {
        const pieces = piecesOf(segments);
        expect(pieces[0]?.from).toBe(segments[0]?.from);
        expect(pieces.at(-1)?.to).toBe(segments.at(-1)?.to);
        for (const [n, piece] of pieces.entries()) {
          const next = pieces[n + 1];
          if (next) expect([next.from, next.look === piece.look]).toEqual([piece.to, false]);
        }
        const lostMs = pieces.reduce((sum, { from, to, look }) => sum + (look === 'not-current' ? to - from : 0), 0);
        const lost = segments.filter(({ state }) => standingOf(state) === 'not-current');
        expect(lostMs).toBe(lost.reduce((sum, { from, to }) => sum + to - from, 0));
      }),
    );
  });
});
