import { describe, expect, it, vi } from 'vitest';
import { afterFall, noFalls } from '../../../../main/electron/crash-loop.ts';
import { createHangWatch } from '../../../../main/electron/hang-watch.ts';

describe('a page that falls', () => {
  it('is brought back at once, then a little later, and is given up within a minute of five', () => {
    let loop = noFalls;
    const waits: (number | null)[] = [];
    for (let at = 0; at < 6; at += 1) {
      const next = afterFall(loop, at * 5_000);
      loop = next.loop;
      waits.push(next.reloadInMs);
    }
    expect(waits).toEqual([0, 250, 500, 1_000, 2_000, null]);
  });

  it('is brought back for ever when it falls seldom', () => {
    let loop = noFalls;
    for (let hour = 0; hour < 100; hour += 1) {
      const next = afterFall(loop, hour * 3_600_000);
      loop = next.loop;
      expect(next.reloadInMs).toBe(0);
    }
    expect(loop.falls).toHaveLength(1);
  });
});

function watched() {
  let now = 0;
  const ticks = new Set<() => void>();
  let answer: (() => void) | null = null;
  const onHang = vi.fn();
  const ask = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)));
  const watch = createHangWatch({
    ask,
    monotonic: () => now,
    every: (_ms, run) => {
      ticks.add(run);
      return () => void ticks.delete(run);
    },
    onHang,
  });
  return {
    watch,
    onHang,
    ask,
    ticks,
    pass: (ms: number) => {
      now += ms;
      for (const tick of [...ticks]) tick();
    },
    answer: async () => {
      answer?.();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('a page that hangs', () => {
  it('is known within 2 s', () => {
    const { watch, onHang, pass, ticks } = watched();
    watch.start();
    for (let ms = 0; ms < 2_000; ms += 250) pass(250);
    expect(onHang).toHaveBeenCalledTimes(1);
    expect(ticks.size).toBe(0);
  });

  it('is not one that answers, however late it is now and then', async () => {
    const { watch, onHang, pass, answer } = watched();
    watch.start();
    for (let round = 0; round < 20; round += 1) {
      for (let ms = 0; ms < 1_500; ms += 250) pass(250);
      await answer();
    }
    expect(onHang).not.toHaveBeenCalled();
  });

  it('is not one whose machine slept', async () => {
    const { watch, onHang, pass, answer } = watched();
    watch.start();
    pass(500);
    pass(8 * 3_600_000);
    await answer();
    pass(500);
    expect(onHang).not.toHaveBeenCalled();
  });

  it('is not one that cannot be asked, nor one that is no longer watched', async () => {
    const { watch, onHang, pass, ask, ticks } = watched();
    ask.mockImplementation(() => Promise.reject(new Error('gone')));
    watch.start();
    for (let round = 0; round < 10; round += 1) {
      pass(1_000);
      await Promise.resolve();
      await Promise.resolve();
    }
    watch.stop();
    expect(onHang).not.toHaveBeenCalled();
    expect(ticks.size).toBe(0);
  });
});
