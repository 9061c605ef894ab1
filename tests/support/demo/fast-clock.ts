import type { TimerSource } from '../../../demo/clock/timers.ts';

const TICK_MS = 5;
/** What a tick that comes late counts at most: a machine that is busy with others slows the show instead of skipping it. */
const MOST_TICK_MS = 10;

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that begins now, and runs so many times faster while this process gets its turns. */
export class FastClock implements TimerSource {
  readonly #speed: number;
  readonly #ticking: NodeJS.Timeout;
  readonly #due = new Set<Due>();
  #at = Date.now();
  #ticked = performance.now();

  constructor(speed: number) {
    this.#speed = speed;
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  readonly now = (): number => Math.floor(this.#at);

  set(ms: number, run: () => void): Due {
    const due = { at: this.#at + ms, run };
    this.#due.add(due);
    return due;
  }

  clear(timer: unknown): void {
    this.#due.delete(timer as Due);
  }

  close(): void {
    clearInterval(this.#ticking);
    this.#due.clear();
  }

  #tick(): void {
    const now = performance.now();
    this.#at += Math.min(MOST_TICK_MS, now - this.#ticked) * this.#speed;
    this.#ticked = now;
    const ready = [...this.#due].filter(({ at }) => at <= this.#at).sort((a, b) => a.at - b.at);
    for (const due of ready) if (this.#due.delete(due)) due.run();
  }
}
