import { setImmediate as turn } from 'node:timers/promises';
import { knownEvent } from '../../contract/events.ts';
import type { Event } from '../../contract/events.ts';
import type { OrderFact } from '../../contract/order.ts';
import type { Clock, Ledger } from '../ledger.ts';
import { addressedOrders } from '../store/match-orders.ts';
import type { SqliteConnection } from '../store/sqlite-connection.ts';

/** Addresses of orders are watched on this long after their grace: customers pay again to what they once copied. */
const KEPT_MS = 90 * 24 * 3_600_000;
/** Read at once, so that a long history does not hold up everything else. */
const PAGE = 200;
/** Addresses leave after months: to look for them now and then is enough. */
const PRUNE_MS = 3_600_000;
const DIRECT = 'direct';

export interface PastAddressesOptions {
  readonly reader: SqliteConnection;
  readonly ledger: Pick<Ledger, 'onAppended'>;
  readonly clock: Clock;
}

/** Addresses that direct orders had, as they were written: read once a chain, then kept up by what is appended. */
export class PastAddresses {
  readonly #options: PastAddressesOptions;
  /** Chain → address → until when it is watched. */
  readonly #kept = new Map<string, Map<string, number>>();
  readonly #prunedAt = new WeakMap<Map<string, number>, number>();
  readonly #reading = new Map<string, Promise<void>>();
  readonly #end: () => void;

  constructor(options: PastAddressesOptions) {
    this.#options = options;
    this.#end = options.ledger.onAppended((_store, events) => {
      for (const event of events) this.#learn(event);
    });
  }

  async of(chain: string): Promise<Set<string>> {
    const reading = this.#reading.get(chain) ?? this.#read(chain);
    this.#reading.set(chain, reading);
    // One that failed is begun anew by whoever asks next.
    await reading.catch((error: unknown) => {
      this.#reading.delete(chain);
      throw error;
    });
    const known = this.#kept.get(chain) ?? new Map<string, number>();
    this.#prune(known);
    return new Set(known.keys());
  }

  close(): void {
    this.#end();
  }

  #prune(known: Map<string, number>): void {
    const now = this.#options.clock.now();
    if (now - (this.#prunedAt.get(known) ?? 0) < PRUNE_MS) return;
    this.#prunedAt.set(known, now);
    for (const [address, until] of known) if (until < now) known.delete(address);
  }

  async #read(chain: string): Promise<void> {
    // Before the reading, so that what is appended meanwhile is not missed.
    this.#kept.set(chain, new Map());
    let after = { address: '', n: 0 };
    for (;;) {
      const page = await addressedOrders(this.#options.reader, chain, after, PAGE);
      for (const { order } of page) if (order.source === DIRECT) this.#add(order);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = { address: last.address, n: last.n };
      await turn();
    }
  }

  #learn(event: Event): void {
    if (event.source !== DIRECT) return;
    const known = knownEvent(event);
    if (known?.kind === 'order.created') this.#add(known.data.order);
  }

  #add({ pay, graceUntil }: Pick<OrderFact, 'pay' | 'graceUntil'>): void {
    for (const { chain, address } of pay) {
      const known = chain === null || address === null ? undefined : this.#kept.get(chain);
      if (!known || address === null) continue;
      known.set(address, Math.max(known.get(address) ?? 0, graceUntil + KEPT_MS));
    }
  }
}
