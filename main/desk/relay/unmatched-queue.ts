import type { UnmatchedPush } from '../../../contract/ipc.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';

interface StoreQueue {
  reset: boolean;
  /** Whether this renderer shows any of the store. */
  shown: boolean;
  readonly waiting: Set<string>;
}

/** With five candidates a payment takes about 3 KB: as many as fit a frame's message. */
const PAYMENTS_MOST = 20;

/** Which unmatched payments of which store one renderer still has to be told. */
export class UnmatchedQueue {
  readonly #held: (store: string) => ReadonlyMap<string, UnmatchedPayment>;
  readonly #stores = new Map<string, StoreQueue>();

  constructor(held: (store: string) => ReadonlyMap<string, UnmatchedPayment>) {
    this.#held = held;
  }

  get empty(): boolean {
    return [...this.#stores.values()].every(({ reset, waiting }) => !reset && waiting.size === 0);
  }

  changed(store: string, payments: Iterable<string>): void {
    const queue = this.#store(store);
    for (const payment of payments) queue.waiting.add(payment);
  }

  /** What was shown of a store is void; nothing is said where nothing was shown, and there is nothing to show. */
  reset(store: string): void {
    const queue = this.#store(store);
    const ids = [...this.#held(store).keys()];
    queue.reset = queue.shown || ids.length > 0;
    queue.waiting.clear();
    for (const id of ids) queue.waiting.add(id);
  }

  /** @returns null when there is nothing to tell */
  next(): UnmatchedPush | null {
    for (const [store, queue] of this.#stores) {
      const { reset, waiting } = queue;
      if (!reset && waiting.size === 0) continue;
      const held = this.#held(store);
      const ids = [...waiting].slice(0, PAYMENTS_MOST);
      for (const id of ids) waiting.delete(id);
      const payments = ids.map((id) => held.get(id)).filter((payment) => payment !== undefined);
      queue.reset = false;
      queue.shown = payments.length > 0 || (queue.shown && !reset);
      return { store, reset, payments };
    }
    return null;
  }

  #store(store: string): StoreQueue {
    const queue = this.#stores.get(store) ?? { reset: false, shown: false, waiting: new Set() };
    this.#stores.set(store, queue);
    return queue;
  }
}
