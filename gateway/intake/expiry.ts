/** Appends `order.expired` where an order's time is over and the money is not there, also after a reorg took it back. */
import type { Order } from '../../contract/order.ts';
import type { Clock, Closeable, EventDraft, Report } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import type { Storage } from '../store/open-store.ts';
import { overdueOrders } from '../store/order-queries.ts';

const AT_ONCE = 200;

/** Pure: what to say of an order at a time. */
export function expiryReport(id: string, now: number): Report {
  return {
    order: id,
    decide: (order) => (order && isOverdue(order, now) ? [expired(order)] : []),
  };
}

function isOverdue(order: Order, now: number): boolean {
  return order.status === 'awaiting' && order.expiresAt <= now && !order.ended && order.provisional !== true;
}

function expired(order: Order): EventDraft {
  return {
    kind: 'order.expired',
    order: order.id,
    source: order.source,
    occurred: order.expiresAt,
    sent: null,
    data: { reason: 'not paid in time' },
  };
}

export class Expiry implements Closeable {
  readonly #options: { storage: Storage; clock: Clock; log: Logger; everyMs: number };
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: { storage: Storage; clock: Clock; log: Logger; everyMs: number }) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.sweep()
        .catch((error: unknown) => this.#options.log.error({ error: String(error) }, 'expiry could not be checked'))
        .finally(() => (this.#running = null));
    }, this.#options.everyMs);
  }

  /** One pass over every order that is overdue now. */
  async sweep(): Promise<void> {
    const { storage, clock } = this.#options;
    const now = clock.now();
    while (!this.#closed) {
      const overdue = await overdueOrders(storage.reader, now, AT_ONCE);
      const appended = await Promise.all(
        overdue.map(({ store, id }) => storage.ledger.append(store, [expiryReport(id, now)])),
      );
      if (overdue.length < AT_ONCE || appended.every((events) => events.length === 0)) return;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
