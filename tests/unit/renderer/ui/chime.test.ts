import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChime } from '../../../../renderer/ui/chime.ts';

/** Locks as one browser has them for all its windows. */
function sharedLocks() {
  const held = new Set<string>();
  return {
    request: async (name: string, _: unknown, run: (lock: object | null) => Promise<void>) => {
      if (held.has(name)) return run(null);
      held.add(name);
      await run({});
      held.delete(name);
      return undefined;
    },
  };
}

function openWindow(locks: unknown, { touched = true } = {}) {
  const heard: number[] = [];
  const param = () => ({
    value: 0,
    setValueAtTime: vi.fn(),
    linearRampToValueAtTime: vi.fn(),
    exponentialRampToValueAtTime: vi.fn(),
  });
  class AudioContext {
    readonly currentTime = 0;
    readonly destination = {};
    createGain = () => ({ gain: param(), connect: () => ({}) });
    createOscillator = () => {
      const frequency = param();
      const start = () => void heard.push(frequency.value);
      return { type: '', frequency, connect: (next: unknown) => next, start, stop: vi.fn() };
    };
    close = vi.fn(async () => undefined);
  }
  const window = {
    AudioContext,
    performance: { now: () => Date.now() },
    setTimeout,
    navigator: { locks, userActivation: { hasBeenActive: touched } },
  };
  const chime = createChime(window as unknown as Window & typeof globalThis, () => 0.5);
  return { chime, heard };
}

describe('chime', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sounds in one of several windows', () => {
    const locks = sharedLocks();
    const [first, second] = [openWindow(locks), openWindow(locks)];
    first.chime.play('money');
    second.chime.play('money');
    expect([first.heard.length, second.heard.length]).toEqual([2, 0]);
  });

  it('leaves the sound to another window where its own page was not touched yet', () => {
    const locks = sharedLocks();
    const [untouched, touched] = [openWindow(locks, { touched: false }), openWindow(locks)];
    untouched.chime.play('money');
    touched.chime.play('money');
    expect([untouched.heard.length, touched.heard.length]).toEqual([0, 2]);
  });

  it('chimes once for several at once, and again later; trouble is heard all the same', async () => {
    const { chime, heard } = openWindow(sharedLocks());
    chime.play('money');
    chime.play('money');
    expect(heard).toHaveLength(2);
    chime.play('trouble');
    expect(heard).toHaveLength(6);
    await vi.advanceTimersByTimeAsync(2000);
    chime.play('money');
    expect(heard).toHaveLength(8);
  });

  it('sounds where the page has no locks, and never once it is closed', () => {
    const { chime, heard } = openWindow(undefined);
    chime.play('paid');
    expect(heard).toEqual([784, 1046.5, 1568]);
    chime.close();
    vi.advanceTimersByTime(5000);
    chime.play('money');
    chime.test('money', 1);
    expect(heard).toHaveLength(3);
  });
});
