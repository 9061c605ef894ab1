import type { Event } from '../../../contract/events.ts';
import { knownEvent } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';
import type { Ledger, Report } from '../../ledger.ts';
import type { MatchingDesk } from '../../matching/sighting.ts';
import { OrderWatchList, belongsTo } from './watch-list.ts';
import type { ChainForm, WatchList } from './watch-list.ts';

/** A report and the store it belongs to. */
export interface Found {
  readonly store: string;
  readonly report: Report;
}

export interface WatchedOptions {
  readonly ledger: Ledger;
  readonly form: ChainForm;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Called when somebody else than this chain changed orders that are paid on it. */
  readonly onOrders: () => void;
  /** Knows addresses beside those of watched orders. */
  readonly matching?: Pick<MatchingDesk, 'addresses'> | undefined;
}

/** Orders leave the list by time alone, so it is read anew now and then; other addresses come and go unannounced. */
const KEEP_MS = 10 * 60_000;
const KEEP_FURTHER_MS = 60_000;
/** With more changes than this the whole list is read anew. */
const MOST_CHANGES = 1_000;

/** The orders of one chain and its kin: read once, then kept up by what is appended. */
export class Watched {
  readonly #options: WatchedOptions;
  readonly #end: () => void;
  #list: OrderWatchList | undefined;
  #readAt = 0;
  #furtherAt = -Infinity;
  #changed = new Map<string, string>();

  constructor(options: WatchedOptions) {
    this.#options = options;
    this.#end = options.ledger.onAppended((store, events) => {
      const ours = events.filter((event) => this.#concerns(event));
      for (const { order } of ours) if (order !== null) this.#changed.set(order, store);
      if (ours.some(({ source }) => source !== options.form.chain)) options.onOrders();
    });
  }

  async list(): Promise<WatchList> {
    const list = await this.#orders();
    const { form, matching, now } = this.#options;
    if (matching && now() - this.#furtherAt >= KEEP_FURTHER_MS) {
      list.setFurther(await matching.addresses(form.chain));
      this.#furtherAt = now();
    }
    return list;
  }

  /** The watched orders themselves. */
  async orders(): Promise<readonly Order[]> {
    return [...(await this.#orders()).orders.values()];
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

  async #orders(): Promise<OrderWatchList> {
    const { form, ledger, now } = this.#options;
    const held = this.#list;
    const changed = this.#changed;
    this.#changed = new Map();
    try {
      if (!held || now() - this.#readAt >= KEEP_MS || changed.size > MOST_CHANGES) {
        const list = new OrderWatchList(form, await ledger.watchedOrders(form.kin));
        this.#readAt = now();
        this.#furtherAt = -Infinity;
        return (this.#list = list);
      }
      for (const [id, store] of changed) {
        const order = await ledger.order(store, id);
        if (order) held.put(order);
      }
      return held;
    } catch (error) {
      this.#changed = new Map([...changed, ...this.#changed]);
      throw error;
    }
  }

  /** Most events of a busy store are about other chains; only what bears on this one is read again. */
  #concerns(event: Event): boolean {
    const { chain, kin } = this.#options.form;
    if (event.order === null) return false;
    if (event.source === chain) return true;
    if (isChain(event.source)) return false;
    if (this.#list?.orders.has(event.order)) return true;
    const known = knownEvent(event);
    switch (known?.kind) {
      case 'order.created':
        return known.data.order.pay.some((option) => belongsTo(kin, option.chain));
      case 'order.updated':
        return known.data.changes.pay?.some((option) => belongsTo(kin, option.chain)) ?? false;
      case 'payment.detected':
        return known.data.payment.chain === chain;
      default:
        return false;
    }
  }
}

/** Another chain's events say nothing of what is paid on this one. Sources' ids hold no colon of CAIP-2's namespaces. */
function isChain(source: string): boolean {
  return source.startsWith('eip155:') || source.startsWith('bip122:');
}
