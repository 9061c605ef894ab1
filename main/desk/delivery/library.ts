import type { Store } from '../../../contract/protocol.ts';
import type { Journal, StorePicture } from '../journal/journal.ts';
import { StoreBook, emptyPicture } from './store-book.ts';
import type { BookListener } from './store-book.ts';

/** What a desk keeps at least of closed orders and events; longer helps nobody and fills the disk [DL8]. */
const HOUR_MS = 3_600_000;
const CLOSED_ORDERS_HOURS = 7 * 24;
const EVENTS_HOURS = 72;
const EVENTS_MOST = 1_000_000;
/** A closed order stays longer than its events, so that what is shown of it can always be explained. */
const LONGER_HOURS = 24;

/** The books of all stores this desk is paired with. */
export class Library {
  readonly #listener: BookListener;
  #journal: Journal | null = null;
  #books = new Map<string, StoreBook>();

  constructor(listener: BookListener) {
    this.#listener = listener;
  }

  get books(): readonly StoreBook[] {
    return [...this.#books.values()];
  }

  book(store: string): StoreBook | undefined {
    return this.#books.get(store);
  }

  /** Opens the books of these stores out of the journal; what it does not hold begins empty. */
  open(journal: Journal, stores: readonly { readonly id: string; readonly name: string }[]): void {
    this.#journal = journal;
    const held = new Map(journal.stores().map((picture) => [picture.record.store.id, picture]));
    const books = stores.map(
      (store) => new StoreBook(held.get(store.id) ?? emptyPicture(store), journal, this.#listener),
    );
    this.#books = new Map(books.map((book) => [book.store.id, book]));
  }

  /** Lets go of one store, here and in the journal. @returns what it was, undefined when it was not held */
  withdraw(store: string): Store | undefined {
    const book = this.#books.get(store);
    this.#books.delete(store);
    if (book) this.#journal?.forgetStore(store);
    return book?.store;
  }

  /** Lets go of all books. @returns the stores they were of */
  forget(): string[] {
    const stores = [...this.#books.keys()];
    this.#books = new Map();
    return stores;
  }

  pictures(): StorePicture[] {
    return this.books.map((book) => book.picture());
  }

  /**
   * @param now gateway time
   * @param wantedHours how long events are to be kept at least
   * @returns true when there is more to let go of soon
   */
  trim(now: number, wantedHours = EVENTS_HOURS): boolean {
    const hours = Math.max(EVENTS_HOURS, wantedHours);
    const closedHours = Math.max(CLOSED_ORDERS_HOURS, hours + LONGER_HOURS);
    let more = false;
    for (const book of this.books) {
      book.forgetOlder(now - closedHours * HOUR_MS);
      more = (this.#journal?.trim(book.store.id, now - hours * HOUR_MS, EVENTS_MOST) ?? false) || more;
    }
    return more;
  }
}
