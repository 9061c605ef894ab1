/** Time that passes only when it is told to, shared by a pretend processor, its deliveries and the gateway's polls. */
import type { TimerSource } from '../../../demo/clock/timers.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export class VirtualTime implements TimerSource {
  readonly #timers = new Map<number, Timer>();
  readonly #sleepers = new Set<number>();
  #now: number;
  #last = 0;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  set(ms: number, run: () => void): number {
    this.#timers.set((this.#last += 1), { at: this.#now + Math.max(0, Math.ceil(ms)), run });
    return this.#last;
  }

  clear(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  /** As the reconcile waits: rejects when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const wake = (): void => {
        this.#sleepers.delete(timer);
        this.clear(timer);
      };
      const timer = this.set(ms, () => {
        wake();
        resolve();
      });
      this.#sleepers.add(timer);
      signal.addEventListener(
        'abort',
        () => {
          wake();
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
  }

  /** True while somebody waits by `sleep`. */
  get asleep(): boolean {
    return this.#sleepers.size > 0;
  }

  /** Runs the next timer up to a time. @returns false when there is none */
  step(until: number): boolean {
    const next = this.#next();
    if (!next || next[1].at > until) {
      this.#now = Math.max(this.#now, until);
      return false;
    }
    const [id, { at, run }] = next;
    this.#timers.delete(id);
    this.#now = Math.max(this.#now, at);
    run();
    return true;
  }

  /** The one that is due first; of several at a time the one that was set first. */
  #next(): [number, Timer] | undefined {
    let first: [number, Timer] | undefined;
    for (const entry of this.#timers) if (!first || entry[1].at < first[1].at) first = entry;
    return first;
  }
}
