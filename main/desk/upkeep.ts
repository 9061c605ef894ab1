import { watchForJumps } from './clock/jump-watch.ts';
import type { JumpListener } from './clock/jump-watch.ts';
import type { TimePort } from './desk.ts';
import type { Timing } from './timing.ts';

export interface UpkeepContext {
  readonly time: TimePort;
  readonly timing: Timing;
  readonly save: () => void;
  /** @returns true when there is more to let go of soon */
  readonly trim: () => boolean;
  readonly clocks: JumpListener;
}

/** What has to be done every now and then, whatever else happens. @returns a function that ends it */
export function startUpkeep({ time, timing, save, trim, clocks }: UpkeepContext): () => void {
  const cancels = new Map<string, () => void>();

  function again(name: string, ms: number, run: () => number): void {
    cancels.set(
      name,
      time.after(ms, () => again(name, run(), run)),
    );
  }

  again('save', timing.saveEvery, () => {
    save();
    return timing.saveEvery;
  });
  again('trim', timing.trimMore, () => (trim() ? timing.trimMore : timing.trimEvery));
  cancels.set('jump', watchForJumps(time, timing, clocks));
  return () => {
    for (const cancel of cancels.values()) cancel();
  };
}
