import type { RequestInput, RequestName, RequestOutput } from '../../../contract/ipc.ts';
import type { StoreBook } from '../delivery/store-book.ts';
import { DeskError } from '../desk.ts';
import type { DeskRequestName } from '../desk.ts';
import { readPairingLink } from '../pairing/pairing-link.ts';
import type { Watch } from '../watch.ts';
import { deskErrorOf } from './desk-error-of.ts';
import { findOrders } from './find-orders.ts';
import { readOrder } from './read-order.ts';

/** Requests that a desk answers, each by its name. */
export type Answers = {
  readonly [R in Exclude<DeskRequestName, 'desk.attach'> & RequestName]: (
    input: RequestInput<R>,
  ) => Promise<RequestOutput<R>>;
};

/** What changes which gateway this device is paired with. */
export interface PairingActions {
  pair(input: RequestInput<'pairing.pair'>): Promise<RequestOutput<'pairing.pair'>>;
  forget(): Promise<void>;
}

/** Examines the way to the gateway this desk is paired with. */
export type RunDoctor = () => Promise<RequestOutput<'doctor.run'>>;

export function answersOf(watch: Watch, actions: PairingActions, runDoctor: RunDoctor): Answers {
  return {
    'connection.retry': async () => {
      watch.connection.dispatch({ type: 'retry' });
      return {};
    },
    'pairing.preview': async ({ link }) => readPairingLink(link),
    'pairing.pair': (input) => actions.pair(input),
    'pairing.forget': async () => {
      await actions.forget();
      return {};
    },
    'order.read': async ({ store, order }) => {
      const book = bookOf(watch, store);
      if (!watch.journal) throw unknownStore();
      return readOrder(book, order, watch.api, watch.journal);
    },
    'orders.find': async ({ q, store, limit = 50 }) => {
      const books = store === undefined ? watch.library.books : [bookOf(watch, store)];
      return findOrders(q, limit, { books, api: watch.api, now: watch.gatewayNow });
    },
    'delivery.read': async ({ store, delivery }) => {
      const { api } = watch;
      if (!api)
        throw new DeskError('not-connected', 'Raw deliveries are kept at the gateway. Try again once it is reached.');
      const read = await api.delivery(store, delivery);
      if (!read.ok) throw deskErrorOf(read.failure);
      return read.value;
    },
    'command.send': (input) => watch.commands.give(input),
    'command.status': async ({ id }) => {
      const kept = watch.commandBook.find(id);
      if (!kept) throw new DeskError('unknown-command-id', 'This device keeps no such command any more.');
      return kept.outcome;
    },
    'doctor.run': runDoctor,
    'replay.range': later,
    'replay.orders': later,
    'orders.page': later,
    'connection.history': later,
    'quarantine.list': later,
    'case.export': later,
  };
}

async function later(): Promise<never> {
  throw new DeskError('not-available', 'This version does not answer that.');
}

/** @throws DeskError `unknown-store` */
function bookOf({ library }: Watch, store: string): StoreBook {
  const book = library.book(store);
  if (!book) throw unknownStore();
  return book;
}

function unknownStore(): DeskError {
  return new DeskError('unknown-store', 'This device does not watch that store.');
}
