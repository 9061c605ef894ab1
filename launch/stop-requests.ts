import { watchForOrphaning } from './orphan-watch.ts';

/**
 * Milliseconds in which a second signal is the same wish: a terminal sends Ctrl-C to npm and to this process, and npm
 * may pass its own on as well.
 */
const sameWishMs = 1_000;

export interface StopRequests {
  close(): void;
}

/**
 * Watches for every way to ask a start to end: Ctrl-C, SIGTERM, a closed terminal, and npm ending above it.
 * @param onStop called with false the first time, with true whenever somebody is impatient
 */
export function watchStopRequests(onStop: (impatient: boolean) => void): StopRequests {
  let askedAt: number | null = null;
  const asked = () => {
    const now = performance.now();
    if (askedAt !== null && now - askedAt < sameWishMs) return;
    onStop(askedAt !== null);
    askedAt = now;
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, asked);
  const every = (periodMs: number, run: () => void) => {
    const timer = setInterval(run, periodMs).unref();
    return () => clearInterval(timer);
  };
  const underNpm = process.env['npm_lifecycle_event'] !== undefined && process.platform !== 'win32';
  const endWatch = underNpm ? watchForOrphaning({ parent: () => process.ppid, every }, asked) : null;
  return {
    close() {
      for (const signal of signals) process.off(signal, asked);
      endWatch?.();
    },
  };
}
