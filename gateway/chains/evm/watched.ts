import type { Event } from '../../../contract/events.ts';
import { knownEvent } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';
import type { Ledger, Report } from '../../ledger.ts';
import { watchList } from './watch-list.ts';
import type { WatchList } from './watch-list.ts';

/** A report and the store it belongs to. */
export interface Found {
  readonly store: string;
  readonly report: Report;
}

export interface WatchedOptions {
  readonly ledger: Ledger;
  readonly chain: string;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Called when somebody else than this chain changed orders that are paid on it. */
  readonly onOrders: () => void;
}

/** Orders leave the list by time alone, so it is read anew now and then. */
const KEEP_MS = 60_000;
/** With more changes than this the whole list is read anew. */
const MOST_CHANGES = 200;

/** The orders of one chain: read once, then kept up by what is appended. */
export class Watched {
  readonly #options: WatchedOptions;
  readonly #end: () => void;
  #orders: Map<string, Order> | undefined;
  #list: WatchList | undefined;
  #readAt = 0;
  #changed = new Map<string, string>();

  constructor(options: WatchedOptions) {
    this.#options = options;
    this.#end = options.ledger.onAppended((store, events) => {
      const ours = events.filter((event) => this.#concerns(event));
      for (const { order } of ours) if (order !== null) this.#changed.set(order, store);
      if (ours.some(({ source }) => source !== options.chain)) options.onOrders();
    });
  }

  async list(): Promise<WatchList> {
    const { chain, ledger, now } = this.#options;
    const whole = !this.#orders || now() - this.#readAt >= KEEP_MS || this.#changed.size > MOST_CHANGES;
    if (this.#list && !whole && this.#changed.size === 0) return this.#list;
    const changed = this.#changed;
    this.#changed = new Map();
    if (whole) {
      this.#readAt = now();
      this.#orders = new Map((await ledger.watchedOrders(chain)).map((order) => [order.id, order]));
    }
    const orders = this.#orders ?? new Map<string, Order>();
    for (const [id, store] of whole ? [] : changed) {
      const order = await ledger.order(store, id);
      if (order) orders.set(id, order);
    }
    return (this.#list = watchList(chain, [...orders.values()]));
  }

  /** Appends what was found in the order given, one transaction a store; resolves after COMMIT. */
  async append(found: readonly Found[]): Promise<void> {
    for (const [store, reports] of Map.groupBy(found, (each) => each.store)) {
      await this.#options.ledger.append(
        store,
        reports.map(({ report }) => report),
      );
    }
  }

  close(): void {
    this.#end();
  }

  /** Most events of a busy store are about other chains; only what bears on this one is read again. */
  #concerns(event: Event): boolean {
    const { chain } = this.#options;
    if (event.order === null) return false;
    if (event.source === chain || this.#orders?.has(event.order)) return true;
    const known = knownEvent(event);
    switch (known?.kind) {
      case 'order.created':
        return known.data.order.pay.some((option) => option.chain === chain);
      case 'order.updated':
        return known.data.changes.pay?.some((option) => option.chain === chain) ?? false;
      case 'payment.detected':
        return known.data.payment.chain === chain;
      default:
        return false;
    }
  }
}
