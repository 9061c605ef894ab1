import type { RequestInput, RequestOutput } from '../../../contract/ipc.ts';
import { DeskError } from '../desk.ts';
import { readPairingLink } from '../pairing/pairing-link.ts';
import type { PastDesk } from '../past/past-desk.ts';
import type { Watch } from '../watch.ts';
import type { Answers } from './answers.ts';
import { bookOf, journalOf } from './book-of.ts';
import { deskErrorOf } from './desk-error-of.ts';
import { findOrders } from './find-orders.ts';
import { pastAnswers } from './past-answers.ts';
import { readOrder } from './read-order.ts';

/** What changes which gateway this device is paired with. */
export interface PairingActions {
  pair(input: RequestInput<'pairing.pair'>): Promise<RequestOutput<'pairing.pair'>>;
  forget(): Promise<void>;
}

/** Examines the way to the gateway this desk is paired with. */
export type RunDoctor = () => Promise<RequestOutput<'doctor.run'>>;

export function answersOf(watch: Watch, past: PastDesk, actions: PairingActions, runDoctor: RunDoctor): Answers {
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
      return readOrder(bookOf(watch, store), order, watch.api, journalOf(watch));
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
    ...pastAnswers(watch, past),
  };
}
