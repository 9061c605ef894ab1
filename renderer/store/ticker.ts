/** One beat a second for everything that counts: on the gateway's second boundary, never by counting beats [CK2]. */
import type { GatewayClock, GatewayNow } from './gateway-clock.ts';

export interface Ticker {
  /** The time of the last beat, on the whole second. */
  readonly read: () => GatewayNow;
  readonly subscribe: (listener: () => void) => () => void;
  /** Beats at once, because the clock was set. */
  readonly beat: () => void;
  readonly close: () => void;
}

/** @param after runs something once after a delay in milliseconds; returns a function that cancels */
export function createTicker(clock: GatewayClock, after: (delayMs: number, run: () => void) => () => void): Ticker {
  const listeners = new Set<() => void>();
  let last = onTheSecond(clock.read());
  let cancel: () => void = () => undefined;

  function beat(): void {
    cancel();
    const read = clock.read();
    const next = onTheSecond(read);
    const changed = next.now !== last.now || next.approximate !== last.approximate;
    last = changed ? next : last;
    cancel = after(1000 - (read.now % 1000) + 1, beat);
    if (changed) for (const listener of [...listeners]) listener();
  }

  beat();
  return {
    read: () => last,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    beat,
    close: () => {
      cancel();
      listeners.clear();
    },
  };
}

function onTheSecond({ now, approximate }: GatewayNow): GatewayNow {
  return { now: Math.floor(now / 1000) * 1000, approximate };
}
