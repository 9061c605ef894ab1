/** Time as the demo has it, replaced in tests. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number;
  /** @returns a function that cancels it */
  after(ms: number, run: () => void): () => void;
  /** Resolves after `ms`. @throws Stopped when the timers are closed meanwhile */
  wait(ms: number): Promise<void>;
  /** Cancels whatever is still to come; nothing starts afterwards. */
  close(): void;
}

/** The demo ends; whoever waited is to end as well. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export interface TimerSource {
  now(): number;
  set(ms: number, run: () => void): unknown;
  clear(timer: unknown): void;
}

export const systemTimers: TimerSource = {
  now: () => Date.now(),
  set: (ms, run) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

export function createTimers(source: TimerSource): Timers {
  const cancels = new Map<() => void, () => void>();
  let closed = false;
  const after = (ms: number, run: () => void, onClose: () => void = () => undefined) => {
    if (closed) {
      onClose();
      return () => undefined;
    }
    const timer = source.set(ms, () => {
      cancels.delete(cancel);
      run();
    });
    const cancel = () => {
      source.clear(timer);
      cancels.delete(cancel);
    };
    cancels.set(cancel, onClose);
    return cancel;
  };
  return {
    now: () => source.now(),
    after: (ms, run) => after(ms, run),
    wait: (ms) => new Promise((resolve, reject) => void after(ms, resolve, () => reject(new Stopped('the demo ends')))),
    close() {
      closed = true;
      const stopped = [...cancels];
      for (const [cancel, onClose] of stopped) {
        cancel();
        onClose();
      }
    },
  };
}
