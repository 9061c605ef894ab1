import { QUARANTINED_MOST } from '../../../contract/history.ts';
import type { RequestName } from '../../../contract/ipc.ts';
import { DeskError } from '../desk.ts';
import type { PastDesk } from '../past/past-desk.ts';
import type { Watch } from '../watch.ts';
import type { Answers } from './answers.ts';
import { bookOf, journalOf } from './book-of.ts';
import { exportCase } from './export-case.ts';

type PastName = Extract<
  RequestName,
  'replay.range' | 'replay.orders' | 'orders.page' | 'connection.history' | 'quarantine.list' | 'case.export'
>;

/** Requests about what was, and about all that is held. */
export function pastAnswers(watch: Watch, past: PastDesk): Pick<Answers, PastName> {
  const now = () => Math.round(watch.gatewayNow);
  return {
    'replay.range': async ({ store }) => past.range(journalOf(watch), bookOf(watch, store).store.id, now()),
    'replay.orders': async ({ store, at, cursor }) => {
      const book = bookOf(watch, store);
      return cursor === undefined ? past.picture(journalOf(watch), book, at, now()) : past.morePicture(book, cursor);
    },
    'orders.page': async ({ store, from, to, cursor }) => {
      const books = store === null ? watch.library.books : [bookOf(watch, store)];
      return cursor === undefined ? past.orders(books, from, to) : past.moreOrders(cursor);
    },
    'connection.history': async ({ hours }) => ({ segments: watch.segments(hours) }),
    'quarantine.list': async ({ store }) => {
      const events = journalOf(watch).quarantined(bookOf(watch, store).store.id, QUARANTINED_MOST);
      return { events: [...events] };
    },
    'case.export': async ({ store, order }) => {
      const { api } = watch;
      if (!api)
        throw new DeskError('not-connected', 'Case files are made by the gateway. Try again once it is reached.');
      return exportCase(api, bookOf(watch, store).store.id, order);
    },
  };
}
