import { describe, expect, it, vi } from 'vitest';
import { watchForOrphaning } from '../../../launch/orphan-watch.ts';

describe('a start whose parent goes', () => {
  it('is told once, and never after the watch was ended', () => {
    let parent = 40;
    const looks = new Set<() => void>();
    const every = (_periodMs: number, run: () => void) => {
      looks.add(run);
      return () => void looks.delete(run);
    };
    const look = () => {
      for (const run of [...looks]) run();
    };
    const [told, untold] = [vi.fn(), vi.fn()];
    const ports = { parent: () => parent, every };
    watchForOrphaning(ports, told);
    watchForOrphaning(ports, untold)();
    look();
    expect(told).not.toHaveBeenCalled();
    parent = 1;
    look();
    look();
    expect(told).toHaveBeenCalledTimes(1);
    expect(untold).not.toHaveBeenCalled();
    expect(looks.size).toBe(0);
  });
});
