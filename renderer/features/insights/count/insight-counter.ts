/**
 * Keeps the insights up with the orders that a window holds: goes through them in slices, so that nothing waits for it,
 * and counts only those that are others than before. The orders themselves are never changed, so identity tells.
 */
import type { Order } from '../../../../contract/order.ts';
import type { OrderKey } from '../../../store/order-key.ts';
import { InsightBook } from './insight-book.ts';
import type { InsightQuery } from './insight-book.ts';
import type { Insights } from './insights.ts';

/** Work of one slice at most, in looks at an order. */
export const SLICE_WORK = 6_000;
/** A slice ends after so many milliseconds, however little a slow or busy machine has done by then. */
export const SLICE_MS = 8;
/** Work between two looks at the clock. */
const CLOCK_WORK = 48;
/** Counting an order costs about as much as so many looks at one. */
export const COUNT_WORK = 12;
/** Drawn at most this often, milliseconds. */
export const DRAW_EVERY_MS = 1000;

export interface CounterPorts {
  /** Changed in place as orders come and go. */
  readonly orders: ReadonlyMap<OrderKey, Order>;
  /** Another number whenever something in `orders` changed. */
  readonly version: () => number;
  /** Monotonic, in milliseconds. */
  readonly monotonic: () => number;
  /** Tells of each change. @returns a function that ends it */
  readonly watch: (listener: () => void) => () => void;
  /** Runs something once after a delay in milliseconds; returns a function that cancels. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly show: (insights: Insights) => void;
  /** How much of the first count is done, 0 to 1. */
  readonly progress: (share: number) => void;
}

/** @returns a function that ends it */
export function countInsights(query: InsightQuery, ports: CounterPorts): () => void {
  const counter = new InsightCounter(query, ports);
  const end = ports.watch(() => counter.changed());
  counter.changed();
  return () => {
    end();
    counter.close();
  };
}

class InsightCounter {
  readonly #ports: CounterPorts;
  readonly #zones: InsightQuery['zones'];
  readonly #book: InsightBook;
  readonly #counted = new Map<OrderKey, Order>();
  #cancel: (() => void) | null = null;
  #version: number | null = null;
  #shown = false;

  constructor(query: InsightQuery, ports: CounterPorts) {
    this.#ports = ports;
    this.#zones = query.zones;
    this.#book = new InsightBook(query);
  }

  /** Begins a pass, unless one goes on or the last was shown just now. */
  changed(): void {
    if (this.#cancel !== null || this.#version === this.#ports.version()) return;
    this.#version = this.#ports.version();
    const pass = this.#pass();
    this.#later(0, () => this.#slice(pass));
  }

  close(): void {
    this.#cancel?.();
    this.#counted.clear();
  }

  #later(delayMs: number, run: () => void): void {
    this.#cancel = this.#ports.after(delayMs, () => {
      this.#cancel = null;
      run();
    });
  }

  #slice(pass: Generator<number, number | null>): void {
    const { monotonic } = this.#ports;
    const until = monotonic() + SLICE_MS;
    let [work, looked] = [0, 0];
    while (work < SLICE_WORK) {
      const step = pass.next();
      if (step.done) {
        this.#finish(step.value);
        return;
      }
      work += step.value;
      if (work - looked < CLOCK_WORK) continue;
      looked = work;
      if (monotonic() >= until) break;
    }
    if (!this.#shown) this.#ports.progress(Math.min(1, this.#counted.size / Math.max(1, this.#ports.orders.size)));
    this.#later(0, () => this.#slice(pass));
  }

  #finish(heldSince: number | null): void {
    this.#shown = true;
    this.#ports.show(this.#book.read(heldSince));
    this.#later(DRAW_EVERY_MS, () => this.changed());
  }

  /** Yields what each step cost. @returns when the oldest order held was created */
  *#pass(): Generator<number, number | null> {
    let oldest: number | null = null;
    for (const [key, order] of this.#ports.orders) {
      if (this.#zones.has(order.store) && (oldest === null || order.createdAt < oldest)) oldest = order.createdAt;
      yield this.#put(key, order);
    }
    // What was counted and is held no more.
    if (this.#counted.size > this.#ports.orders.size) yield* this.#sweep();
    yield* this.#book.settle();
    return oldest;
  }

  *#sweep(): Generator<number> {
    for (const [key, order] of this.#counted) {
      const gone = !this.#ports.orders.has(key);
      if (gone) {
        this.#book.count(order, -1);
        this.#counted.delete(key);
      }
      yield gone ? COUNT_WORK : 1;
    }
  }

  #put(key: OrderKey, order: Order): number {
    const before = this.#counted.get(key);
    if (before === order) return 1;
    if (before) this.#book.count(before, -1);
    this.#book.count(order, 1);
    this.#counted.set(key, order);
    return COUNT_WORK;
  }
}
