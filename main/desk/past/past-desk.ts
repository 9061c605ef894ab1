import { PAGE_ORDERS_MOST } from '../../../contract/history.ts';
import type { OrdersPage, ReplayPicture, ReplayRange } from '../../../contract/history.ts';
import { isOpen } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import type { StoreBook } from '../delivery/store-book.ts';
import type { TimePort } from '../desk.ts';
import type { Journal } from '../journal/journal.ts';
import { PageLists } from './page-lists.ts';
import { Replay } from './replay.ts';

/** Milliseconds after the last question until what was kept to answer the next one is let go of. */
const IDLE_MS = 120_000;

interface Shown {
  readonly at: number;
  readonly seq: number;
  readonly order: Order;
}

/** What a desk can tell of its stores beside what it shows now; large answers page by page. */
export class PastDesk {
  readonly #time: TimePort;
  readonly #replays = new Map<string, Replay>();
  readonly #shown = new PageLists<Shown>(PAGE_ORDERS_MOST);
  readonly #held = new PageLists<{ readonly book: StoreBook; readonly id: string }>(PAGE_ORDERS_MOST);
  #cancelIdle: () => void = () => undefined;

  constructor(time: TimePort) {
    this.#time = time;
  }

  range(journal: Journal, store: string, now: number): ReplayRange {
    const base = journal.base(store);
    return base ? { from: Math.min(base.at, now), to: now, complete: base.complete } : nothingShown;
  }

  /** @param at gateway time, as `now` is */
  async picture(journal: Journal, book: StoreBook, asked: number, now: number): Promise<ReplayPicture> {
    this.#busy();
    const at = Math.min(asked, now);
    const store = book.store.id;
    const base = journal.base(store);
    const past = await this.#replay(journal, book).at(at);
    if (!past) {
      const complete = base !== null && base.complete && at < base.at;
      return { at, seq: 0, orders: [], total: 0, complete, next: null };
    }
    const { seq } = past;
    const orders = [...past.orders.values()].sort(byUrgency);
    return pictureOf(this.#shown.begin(orders.map((order) => ({ at, seq, order }))), book, { at, seq });
  }

  /** @throws DeskError `cursor-expired` */
  morePicture(book: StoreBook, cursor: string): ReplayPicture {
    this.#busy();
    const page = this.#shown.next(cursor);
    const { at = 0, seq = 0 } = page.items[0] ?? {};
    return pictureOf(page, book, { at, seq });
  }

  /** @param from gateway time, as `to` is; null for no bound */
  orders(books: readonly StoreBook[], from: number | null, to: number | null): OrdersPage {
    this.#busy();
    const found = books.flatMap((book) =>
      [...book.orders.values()]
        .filter(({ createdAt }) => createdAt >= (from ?? 0) && createdAt < (to ?? Number.POSITIVE_INFINITY))
        .map(({ id, createdAt }) => ({ book, id, createdAt })),
    );
    found.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    return heldPage(this.#held.begin(found));
  }

  /** @throws DeskError `cursor-expired` */
  moreOrders(cursor: string): OrdersPage {
    this.#busy();
    return heldPage(this.#held.next(cursor));
  }

  /** What is held is another gateway's from here on. */
  forget(): void {
    this.#cancelIdle();
    this.#shown.clear();
    this.#held.clear();
    for (const replay of this.#replays.values()) replay.forget();
    this.#replays.clear();
  }

  #busy(): void {
    this.#cancelIdle();
    this.#cancelIdle = this.#time.after(IDLE_MS, () => this.forget());
  }

  #replay(journal: Journal, book: StoreBook): Replay {
    const store = book.store.id;
    const breathe = () => new Promise<void>((resolve) => void setImmediate(resolve));
    const replay = this.#replays.get(store) ?? new Replay(store, { journal, breathe, head: () => book.seq });
    this.#replays.set(store, replay);
    return replay;
  }
}

const nothingShown: ReplayRange = { from: null, to: null, complete: true };

function byUrgency(a: Order, b: Order): number {
  return Number(isOpen(b)) - Number(isOpen(a)) || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}

type Page<T> = ReturnType<PageLists<T>['begin']>;

function pictureOf(page: Page<Shown>, book: StoreBook, { at, seq }: Omit<Shown, 'order'>): ReplayPicture {
  const orders = page.items.map(({ order }) => withCustomer(order, book));
  return { at, seq, orders, total: page.total, complete: true, next: page.next };
}

/** Nothing of an erased customer is kept with what was [AU4]: the name is the one that is known now. */
function withCustomer(order: Order, book: StoreBook): Order {
  const customer = book.orders.get(order.id)?.customer;
  return customer ? { ...order, customer } : order;
}

/** As the orders are now; one that left the desk since the first page is left out. */
function heldPage({ items, total, next }: Page<{ book: StoreBook; id: string }>): OrdersPage {
  const orders = items.flatMap(({ book, id }) => book.orders.get(id) ?? []);
  return { orders, total, next };
}
