import type { Instruments } from './patient.ts';

/** That something did not end in time. */
export const LATE = Symbol('late');

/**
 * Runs a probe for as long as a step may take.
 * @param run gets a signal that aborts when the time is over, or the examination is
 * @returns what it gave, or LATE
 * @throws the signal's reason when the examination was ended
 */
export async function within<T>(
  { time, timing, signal }: Pick<Instruments, 'time' | 'timing' | 'signal'>,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T | typeof LATE> {
  signal.throwIfAborted();
  const over = new AbortController();
  const running = run(AbortSignal.any([signal, over.signal]));
  let cancel = (): void => undefined;
  let deaf = (): void => undefined;
  const ended = new Promise<typeof LATE>((resolve, reject) => {
    cancel = time.after(timing.doctorStepMost, () => resolve(LATE));
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    deaf = () => signal.removeEventListener('abort', abort);
  });
  try {
    return await Promise.race([running, ended]);
  } finally {
    cancel();
    deaf();
    over.abort();
    // What it still says after it was ended is of no interest.
    running.catch(() => undefined);
  }
}
