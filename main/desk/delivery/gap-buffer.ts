import type { Due } from './apply-events.ts';

/** Held beyond this, a gap is not worth waiting out. */
const HELD_MOST = 2_000;

/** Puts arrivals in order: what is next goes on, what is older is dropped, what is ahead is held [DL2]. */
export class GapBuffer {
  readonly #held = new Map<number, Due>();

  get waiting(): boolean {
    return this.#held.size > 0;
  }

  get full(): boolean {
    return this.#held.size >= HELD_MOST;
  }

  /** @returns those whose turn it is now, in order, each once */
  offer(dues: readonly Due[], applied: number): Due[] {
    const next: Due[] = [];
    for (const due of dues) {
      const last = applied + next.length;
      if (due.seq === last + 1) next.push(due);
      else if (due.seq > last + 1 && !this.full) this.#held.set(due.seq, due);
    }
    for (;;) {
      const due = this.#held.get(applied + next.length + 1);
      if (!due) break;
      next.push(due);
    }
    for (const seq of [...this.#held.keys()]) if (seq <= applied + next.length) this.#held.delete(seq);
    return next;
  }

  clear(): void {
    this.#held.clear();
  }
}
