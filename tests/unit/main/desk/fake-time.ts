import type { TimePort } from '../../../../main/desk/desk.ts';

/** Time that stands still until a test moves it. */
export interface FakeTime extends TimePort {
  /** Moves both clocks and fires what is due on the way, in order. */
  advance(ms: number): void;
  /** Moves the wall clock alone, as a sleep or a person setting it does. */
  jump(ms: number): void;
  readonly timers: number;
}

export function fakeTime(wall = 1_790_000_000_000): FakeTime {
  let monotonic = 1_000;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => wall,
    monotonic: () => monotonic,
    random: () => 0.5,
    after: (delayMs, run) => {
      const timer = { at: monotonic + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      const until = monotonic + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        wall += Math.max(0, next.at - monotonic);
        monotonic = Math.max(monotonic, next.at);
        next.run();
      }
      wall += until - monotonic;
      monotonic = until;
    },
    jump: (ms) => void (wall += ms),
    get timers() {
      return timers.size;
    },
  };
}
