import { describe, expect, test } from 'vitest';
import { SEGMENTS_MOST } from '../../../../../contract/history.ts';
import type { ConnectionSegment } from '../../../../../contract/history.ts';
import type { Phase } from '../../../../../main/desk/journal/journal.ts';
import { ConnectionHistory } from '../../../../../main/desk/past/connection-history.ts';
import { fewer, segmentsOf } from '../../../../../main/desk/past/connection-phase.ts';

const HOUR = 3_600_000;
const live = { state: 'live', since: 0 } as const;
const waiting = { state: 'waiting', retryAt: 9, attempt: 1, reason: 'unreachable' } as const;

/** What is kept of a desk from one start to the next. */
function keeper(): { phases: Phase[]; notes: Map<string, string> } & Parameters<ConnectionHistory['open']>[0] {
  const phases: Phase[] = [];
  const notes = new Map<string, string>();
  return Object.assign(
    {
      addPhase: (phase: Phase) => void phases.push(phase),
      trimPhases: (before: number) =>
        void phases.splice(
          0,
          phases.findLastIndex(({ at }) => at < before),
        ),
      note: (name: string) => notes.get(name) ?? null,
      setNote: (name: string, value: string) => void notes.set(name, value),
    },
    { phases: Object.assign(() => [...phases], { at: phases.at.bind(phases) }) as never, notes },
  );
}

function opened(kept = keeper()): ConnectionHistory {
  const history = new ConnectionHistory();
  history.open(kept);
  return history;
}

describe('the connection of the last hours', () => {
  test('is told without a hole, trying and waiting as one', () => {
    const history = opened();
    history.observe({ state: 'connecting', attempt: 1 }, null, 1_000);
    history.observe(waiting, null, 1_500);
    history.observe({ state: 'connecting', attempt: 2 }, 'polling', 1_700);
    history.observe(live, 'polling', 2_000);
    history.observe(live, 'websocket', 2_100);
    expect(history.segments(1, 3_000)).toEqual([
      { from: 1_000, to: 2_000, state: 'connecting', transport: null },
      { from: 2_000, to: 2_100, state: 'live', transport: 'polling' },
      { from: 2_100, to: 3_000, state: 'live', transport: 'websocket' },
    ]);
  });

  test('goes on after a restart; a crash closed it when it was last known to run', () => {
    const kept = keeper();
    const first = opened(kept);
    first.observe(live, 'websocket', 1_000);
    first.alive(4_000);
    const second = opened(kept);
    second.observe({ state: 'connecting', attempt: 1 }, null, 9_000);
    expect(second.segments(1, 9_500).map(({ from, state }) => [from, state])).toEqual([
      [1_000, 'live'],
      [4_000, 'closed'],
      [9_000, 'connecting'],
    ]);
    second.observe({ state: 'closed' }, null, 9_600);
    const third = opened(kept);
    third.observe(live, 'websocket', 20_000);
    expect(third.segments(1, 20_001).map(({ state }) => state)).toEqual([
      'live',
      'closed',
      'connecting',
      'closed',
      'live',
    ]);
  });

  test('begins where it is asked to, and lets go of what is older than it keeps', () => {
    const kept = keeper();
    const history = opened(kept);
    history.observe(live, 'websocket', HOUR);
    history.observe(waiting, null, 2 * HOUR);
    history.observe(live, 'websocket', 80 * HOUR);
    expect(history.segments(1, 80.5 * HOUR)).toEqual([
      { from: 79.5 * HOUR, to: 80 * HOUR, state: 'connecting', transport: null },
      { from: 80 * HOUR, to: 80.5 * HOUR, state: 'live', transport: 'websocket' },
    ]);
    history.trim(81 * HOUR);
    expect(
      opened(kept)
        .segments(72, 80 * HOUR)
        .map(({ state }) => state),
    ).toEqual(['connecting']);
    history.forget();
    expect(history.segments(72, 81 * HOUR)).toEqual([]);
  });

  test('a connection that comes and goes every second for a day fits on a strip', () => {
    const history = opened();
    for (let n = 0; n < 86_400; n += 1) {
      history.observe(n % 2 === 0 ? live : waiting, 'websocket', n * 1_000);
      if (n % 3_600 === 0) history.trim(n * 1_000);
    }
    history.trim(86_400_000);
    const segments = history.segments(24, 86_400_000);
    expect(segments.length).toBeLessThanOrEqual(SEGMENTS_MOST);
    expect(segments.every(({ state }) => state === 'connecting')).toBe(true);
  });
});

describe('[FR2] segments', () => {
  const phases: Phase[] = [
    { at: 10, state: 'live', transport: 'websocket' },
    { at: 50, state: 'offline', transport: null },
    { at: 30, state: 'live', transport: 'websocket' },
  ];

  test('a clock that was set back makes none that overlap', () => {
    expect(segmentsOf(phases, 0, 60)).toEqual([{ from: 10, to: 60, state: 'live', transport: 'websocket' }]);
  });

  test('of many short ones the worst is told, and long ones stay as they are', () => {
    const blips = Array.from({ length: 50 }, (_, n) => n).map((n): ConnectionSegment => ({
      ...{ from: n, to: n + 1, transport: null },
      state: n === 7 ? 'refused' : n % 2 === 0 ? 'live' : 'connecting',
    }));
    const long: ConnectionSegment = { from: 50, to: 1_000, state: 'live', transport: 'websocket' };
    const few = fewer([...blips, long], 5);
    expect(few.length).toBeLessThanOrEqual(5);
    expect(few.map(({ state }) => state)).toContain('refused');
    expect(few.at(-1)).toEqual(long);
    expect([few[0]!.from, ...few.slice(1).map(({ from }) => from)]).toEqual([
      0,
      ...few.slice(0, -1).map(({ to }) => to),
    ]);
  });
});
