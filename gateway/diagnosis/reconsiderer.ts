/**
 * Diagnosis without a new fact: as time passes, as transactions are observed, and as lines go down and come back. Facts
 * themselves are diagnosed in their own transaction.
 */
import type { Clock, Closeable } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import type { ObservationBoard, ObservationChange } from '../observations.ts';
import type { OrderName } from '../store/orders-to-reconsider.ts';
import type { Agenda } from './agenda.ts';

/** Which orders there are to look at. */
export interface OrdersToReconsider {
  /** All that may still change. */
  standing(now: number): Promise<readonly OrderName[]>;
  /** Those that name a transaction. */
  withTransaction(txHash: string): Promise<readonly OrderName[]>;
  /** Those that hang on a chain or a source and may still change. */
  onLine(id: string, now: number): Promise<readonly OrderName[]>;
}

export interface ReconsidererOptions {
  readonly agenda: Agenda;
  readonly orders: OrdersToReconsider;
  readonly observations: Pick<ObservationBoard, 'onChanged' | 'chain' | 'source'>;
  /** Diagnoses orders as they stand, in one transaction. */
  readonly reconsider: (store: string, orders: readonly string[]) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often it is looked whether something is due, milliseconds. */
  readonly everyMs: number;
  /** How long a line has to stay as it has become: one that flaps is not told to all its orders each time. */
  readonly steadyMs: number;
}

/** Orders of one transaction: few enough not to hold up what else is to be written. */
const AT_ONCE = 50;
/** After trouble of the gateway's own, such as a full disk. */
const RETRY_MS = 5_000;

export class Reconsiderer implements Closeable {
  readonly #options: ReconsidererOptions;
  /** Lines that changed, and when their orders are to be looked at. */
  readonly #lines = new Map<string, number>();
  /** How each line stood when its orders were looked at last. */
  readonly #told = new Map<string, string>();
  readonly #transactions = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;
  #running: Promise<void> | null = null;
  #closed = false;
  /** When every order is to be looked at, epoch milliseconds: once, at the start. */
  #allAt = 0;

  constructor(options: ReconsidererOptions) {
    this.#options = options;
  }

  /** Looks at every order that may still change once, in the background: what is due has to be learnt. */
  start(): void {
    const { observations, everyMs } = this.#options;
    this.#unsubscribe = observations.onChanged((change) => this.#note(change));
    this.#timer = setInterval(() => this.#run(() => this.#round()), everyMs);
    this.#run(() => this.#round());
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#unsubscribe?.();
    await this.#running;
  }

  #note({ chain, txHash }: ObservationChange): void {
    if (txHash === null) {
      this.#noteLine(chain);
      return;
    }
    this.#transactions.add(txHash);
    this.#run(() => this.#round());
  }

  /** Heights and fees move with every block, and are no matter of all orders. */
  #noteLine(id: string): void {
    const { clock, steadyMs } = this.#options;
    if (this.#standing(id) === this.#told.get(id)) this.#lines.delete(id);
    else if (!this.#lines.has(id)) this.#lines.set(id, clock.now() + steadyMs);
  }

  #standing(id: string): string {
    const { observations } = this.#options;
    const nodes = observations.chain(id)?.nodes ?? [];
    return [observations.source(id)?.state ?? '', ...nodes.map(({ name, state }) => `${name} ${state}`)].join('\n');
  }

  async #all(): Promise<void> {
    const { clock, orders } = this.#options;
    await this.#reconsider(orders.standing(clock.now()), () => (this.#allAt = clock.now() + RETRY_MS));
  }

  /** One after the other: what comes meanwhile is found by the next round. */
  #run(work: () => Promise<void>): void {
    if (this.#closed || this.#running) return;
    this.#running = work()
      .catch((error: unknown) => {
        this.#options.log.error({ error: String(error) }, 'orders could not be reconsidered');
      })
      .finally(() => (this.#running = null));
  }

  async #round(): Promise<void> {
    const { agenda, clock, orders } = this.#options;
    const now = clock.now();
    if (now >= this.#allAt) {
      this.#allAt = Infinity;
      await this.#all();
    }
    const due = agenda.take(now);
    const dueAgain = (): void => due.forEach((each) => agenda.plan({ ...each, at: now + RETRY_MS }));
    await this.#reconsider(due, dueAgain);
    for (const hash of [...this.#transactions]) {
      this.#transactions.delete(hash);
      await this.#reconsider(orders.withTransaction(hash), () => this.#transactions.add(hash));
    }
    for (const [id, at] of [...this.#lines]) {
      if (at > now) continue;
      this.#lines.delete(id);
      this.#told.set(id, this.#standing(id));
      await this.#reconsider(orders.onLine(id, now), () => this.#lines.set(id, now + RETRY_MS));
    }
  }

  /** @param again called where it fails, so that what was to be looked at is not forgotten */
  async #reconsider(found: readonly OrderName[] | Promise<readonly OrderName[]>, again: () => void): Promise<void> {
    try {
      for (const [store, names] of Map.groupBy(await found, (name) => name.store)) {
        const ids = [...new Set(names.map(({ order }) => order))];
        for (let from = 0; from < ids.length && !this.#closed; from += AT_ONCE) {
          await this.#options.reconsider(store, ids.slice(from, from + AT_ONCE));
        }
      }
    } catch (error) {
      again();
      throw error;
    }
  }
}
