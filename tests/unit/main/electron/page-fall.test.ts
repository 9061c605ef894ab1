import { describe, expect, it, vi } from 'vitest';
import { afterFall, noFalls } from '../../../../main/electron/crash-loop.ts';
import { createHangWatch } from '../../../../main/electron/hang-watch.ts';
import { processorMs } from '../../../../main/electron/processor-time.ts';

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

function watched(worked: () => number | null = () => null) {
  let now = 0;
  const ticks = new Set<() => void>();
  let answer: (() => void) | null = null;
  const onHang = vi.fn();
  const ask = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)));
  const watch = createHangWatch({
    ask,
    worked,
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

describe('the time a process worked', () => {
  const metric = { type: 'Tab' as const, creationTime: 0, memory: { workingSetSize: 0, peakWorkingSetSize: 0 } };
  const cpu = { percentCPUUsage: 0, idleWakeupsPerSecond: 0 };

  it('is in milliseconds, and unknown of others and where the system does not tell', () => {
    const app = {
      getAppMetrics: () => [
        { ...metric, pid: 7, cpu: { ...cpu, cumulativeCPUUsage: 1.25 } },
        { ...metric, pid: 8, cpu },
      ],
    };
    expect([7, 8, 9].map((pid) => processorMs(app, pid))).toEqual([1_250, null, null]);
  });
});

describe('a page that hangs', () => {
  it('is known within 2 s', () => {
    const { watch, onHang, pass, ticks } = watched();
    watch.start();
    for (let ms = 0; ms < 2_000; ms += 250) pass(250);
    expect(onHang).toHaveBeenCalledTimes(1);
    expect(ticks.size).toBe(0);
  });

  it('is not one that waits for a processor, unless it waits for ever', () => {
    let worked = 70_000;
    const { watch, onHang, pass } = watched(() => worked);
    watch.start();
    for (let ms = 0; ms < 14_000; ms += 250) {
      pass(250);
      worked += 15;
    }
    expect(onHang).not.toHaveBeenCalled();
    for (let ms = 0; ms < 2_000; ms += 250) pass(250);
    expect(onHang).toHaveBeenCalledTimes(1);
  });

  it('is one that works and works, as soon as it worked for a second', () => {
    let worked = 0;
    const { watch, onHang, pass } = watched(() => worked);
    watch.start();
    for (let ms = 0; ms < 2_250; ms += 250) {
      worked += 125;
      pass(250);
    }
    expect(onHang).not.toHaveBeenCalled();
    for (let ms = 0; ms < 500; ms += 250) {
      worked += 125;
      pass(250);
    }
    expect(onHang).toHaveBeenCalledTimes(1);
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
