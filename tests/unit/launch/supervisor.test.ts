import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { restartDelay } from '../../../launch/back-off.ts';
import type { Child, Ending } from '../../../launch/child.ts';
import { supervise } from '../../../launch/supervisor.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function children() {
  const started: { end: (ending: Partial<Ending>) => void; stops: number }[] = [];
  const start = (): Child => {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const one = {
      end: (ending: Partial<Ending>) => resolve({ how: 'exit code 1', code: 1, lastLines: [], ...ending }),
      stops: 0,
    };
    started.push(one);
    const stop = async () => {
      one.stops += 1;
      one.end({ how: 'signal SIGTERM' });
    };
    return {
      name: 'gateway',
      pid: 1,
      logFile: 'gateway.log',
      ended: promise,
      stop,
      kill: () => void stop(),
      tell: () => undefined,
    };
  };
  return { started, start };
}

function supervised() {
  const said: string[] = [];
  const { started, start } = children();
  const supervisor = supervise({ start, say: (line) => void said.push(line), now: () => Date.now() });
  return { said, started, supervisor };
}

describe('keeping a child running', () => {
  it('says which ended, why, and its last lines, and starts it again after a wait', async () => {
    const { said, started } = supervised();
    started[0]?.end({ how: 'signal SIGKILL', lastLines: ['disk full'] });
    await vi.advanceTimersByTimeAsync(999);
    expect(said).toEqual([
      'The gateway ended unexpectedly (signal SIGKILL).',
      '  gateway | disk full',
      'Its whole log: gateway.log',
      'Starting the gateway again in 1 s.',
    ]);
    expect(started).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(started).toHaveLength(2);
  });

  it('waits longer while it keeps failing, and forgives after it ran well', async () => {
    const { said, started } = supervised();
    for (const wait of [1, 2, 4, 8]) {
      started.at(-1)?.end({});
      await vi.advanceTimersByTimeAsync(wait * 1000);
      expect(said.at(-1)).toBe(`Starting the gateway again in ${wait} s.`);
    }
    expect(started).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(60_000);
    started.at(-1)?.end({});
    await vi.advanceTimersByTimeAsync(0);
    expect(said.at(-1)).toBe('Starting the gateway again in 1 s.');
  });

  it('starts nothing more once it was stopped, also while it waited', async () => {
    const one = supervised();
    await one.supervisor.stop();
    const two = supervised();
    two.started[0]?.end({});
    await vi.advanceTimersByTimeAsync(500);
    await two.supervisor.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([one.started.length, one.said.length, two.started.length]).toEqual([1, 0, 1]);
  });

  it('never waits longer than 30 s', () => {
    expect([1, 2, 5, 6, 50].map(restartDelay)).toEqual([1000, 2000, 16_000, 30_000, 30_000]);
  });
});
