import type { GatewayApi } from '../connection/gateway-api.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import type { StoreBook } from './store-book.ts';

export interface RefetchContext {
  readonly time: TimePort;
  readonly timing: Timing;
  /** REST at the gateway, null while there is no connection. */
  readonly api: () => GatewayApi | null;
  readonly books: () => Iterable<StoreBook>;
}

/** Fetches orders that events alone cannot make whole, one after the other, until all are [DL7]. */
export class Refetch {
  readonly #context: RefetchContext;
  #running = false;
  #again = false;
  #closed = false;
  #cancel: () => void = () => undefined;

  constructor(context: RefetchContext) {
    this.#context = context;
  }

  /** Something waits, or the gateway can be reached again. */
  wake(): void {
    this.#again = true;
    if (this.#running || this.#closed) return;
    this.#running = true;
    const done = (): void => void (this.#running = false);
    void this.#run().then(done, done);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      for (const book of this.#context.books()) {
        for (const order of [...book.incomplete]) {
          if (this.#closed) return;
          await this.#fetch(book, order);
        }
      }
    }
    this.#retryLater();
  }

  async #fetch(book: StoreBook, id: string): Promise<void> {
    const page = await this.#context.api()?.orderPage(book.store.id, id, undefined);
    if (!page || this.#closed) return;
    if (page.ok) {
      if (page.value.order.id === id) book.take(page.value.order);
    } else if (page.failure.kind === 'answer' && page.failure.status === 404 && page.failure.error) {
      book.giveUp(id);
    }
  }

  #retryLater(): void {
    this.#cancel();
    const waiting = [...this.#context.books()].some((book) => book.incomplete.size > 0);
    if (!waiting || this.#closed) return;
    this.#cancel = this.#context.time.after(this.#context.timing.refetchEvery, () => this.wake());
  }
}
