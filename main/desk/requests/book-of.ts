import type { StoreBook } from '../delivery/store-book.ts';
import { DeskError } from '../desk.ts';
import type { Journal } from '../journal/journal.ts';
import type { Watch } from '../watch.ts';

/** @throws DeskError `unknown-store` */
export function bookOf({ library }: Pick<Watch, 'library'>, store: string): StoreBook {
  const book = library.book(store);
  if (!book) throw new DeskError('unknown-store', 'This device does not watch that store.');
  return book;
}

/** @throws DeskError `closed` before the desk has opened its journal */
export function journalOf({ journal }: Pick<Watch, 'journal'>): Journal {
  if (!journal) throw new DeskError('closed', 'The journal of this device is not open.');
  return journal;
}
