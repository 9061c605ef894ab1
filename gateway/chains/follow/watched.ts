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
/** How long a transaction is looked for that was named for an order which is watched no more, or not on this chain. */
const NAMED_KEPT_MS = 24 * 60 * 60_000;
const MOST_NAMED = 1_000;
/** With more changes than this the whole list is read anew. */
const MOST_CHANGES = 1_000;

interface Change {
  readonly store: string;
  /** The order is not known to be watched here: only what a customer named of it is looked for. */
  readonly namedOnly: boolean;
}

/** The orders of one chain and its kin: read once, then kept up by what is appended. */
export class Watched {
  readonly #options: WatchedOptions;
  readonly #end: () => void;
  #list: OrderWatchList | undefined;
  #readAt = 0;
  #furtherAt = -Infinity;
  #changed = new Map<string, Change>();
  /** Orders off the list of which a transaction was named here: their stores, and until when that is looked for. */
  readonly #named = new Map<string, { readonly store: string; readonly until: number }>();

  constructor(options: WatchedOptions) {
    this.#options = options;
    this.#end = options.ledger.onAppended((store, events) => {
      const ours = events.filter((event) => {
        const bears = this.#bearing(event, store);
        if (bears && event.order !== null) this.#note(event.order, { store, namedOnly: bears === 'named' });
        return bears !== null;
      });
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
        for (const [id, { until, store }] of [...this.#named]) {
          const order = now() < until && !list.orders.has(id) ? await ledger.order(store, id) : undefined;
          if (order) list.putNamed(order);
          else this.#named.delete(id);
        }
        return (this.#list = list);
      }
      for (const [id, { namedOnly, store }] of changed) {
        const order = await ledger.order(store, id);
        if (order && namedOnly && !held.orders.has(id)) held.putNamed(order);
        else if (order) held.put(order);
      }
      return held;
    } catch (error) {
      for (const [id, change] of changed) this.#note(id, change);
      throw error;
    }
  }

  /** Most events of a busy store are about other chains; only what bears on this one is read again. */
  #bearing(event: Event, store: string): 'order' | 'named' | null {
    const { chain, kin } = this.#options.form;
    const { order, source } = event;
    if (order === null) return null;
    if (source === chain) return 'order';
    if (isChain(source)) return null;
    if (this.#list?.orders.has(order)) return 'order';
    const known = knownEvent(event);
    const paidHere = (pay: Order['pay'] | undefined): boolean => pay?.some((way) => belongsTo(kin, way.chain)) ?? false;
    const held = this.#named.has(order) ? 'named' : null;
    switch (known?.kind) {
      case 'order.created':
        return paidHere(known.data.order.pay) ? 'order' : held;
      case 'order.updated':
        return paidHere(known.data.changes.pay) ? 'order' : held;
      case 'payment.detected':
        return known.data.payment.chain === chain ? 'order' : held;
      case 'transaction.named':
        if ((known.data.chain ?? chain) !== chain) return held;
        this.#keepNamed(order, store);
        return 'named';
      default:
        return held;
    }
  }

  /** That an order is watched here outweighs what is only named of it. */
  #note(id: string, change: Change): void {
    const namedOnly = change.namedOnly && (this.#changed.get(id)?.namedOnly ?? true);
    this.#changed.set(id, { ...change, namedOnly });
  }

  /** Its addresses are not this chain's to watch, or no more: money there is for matching. */
  #keepNamed(order: string, store: string): void {
    this.#named.set(order, { store, until: this.#options.now() + NAMED_KEPT_MS });
    const oldest = this.#named.keys().next().value;
    if (this.#named.size > MOST_NAMED && oldest !== undefined) this.#named.delete(oldest);
  }
}

/** Another chain's events say nothing of what is paid on this one. Sources' ids hold no colon of CAIP-2's namespaces. */
function isChain(source: string): boolean {
  return source.startsWith('eip155:') || source.startsWith('bip122:');
}
