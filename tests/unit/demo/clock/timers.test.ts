import { describe, expect, it } from 'vitest';
import { createTimers, Stopped } from '../../../../demo/clock/timers.ts';
import { manualTimers } from './manual-timers.ts';

describe('the timers of the demo', () => {
  it('wake who waits when the time has come, not before', async () => {
    const source = manualTimers(0);
    const woken: string[] = [];
    void createTimers(source)
      .wait(1_000)
      .then(() => woken.push('woken'));
    await source.pass(999);
    expect(woken).toEqual([]);
    await source.pass(1);
    expect(woken).toEqual(['woken']);
  });

  it('can be cancelled', async () => {
    const source = manualTimers(0);
    const run: string[] = [];
    createTimers(source).after(10, () => run.push('run'))();
    await source.pass(20);
    expect([run, source.pending()]).toEqual([[], 0]);
  });

  it('end at close: who waits is told, and nothing starts any more', async () => {
    const source = manualTimers(0);
    const timers = createTimers(source);
    const waiting = expect(timers.wait(10)).rejects.toBeInstanceOf(Stopped);
    const run: string[] = [];
    timers.after(10, () => run.push('before'));
    timers.close();
    timers.close();
    timers.after(10, () => run.push('after'));
    await waiting;
    await expect(timers.wait(10)).rejects.toBeInstanceOf(Stopped);
    await source.pass(100);
    expect([run, source.pending()]).toEqual([[], 0]);
  });
});
