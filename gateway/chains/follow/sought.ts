/** Transactions that no block holds, as far as is known, and that are looked up now and then. Pure. */
import type { Order, Payment } from '../../../contract/order.ts';
import type { Sighting } from '../../matching/sighting.ts';
import { isUnmined } from './unmined-payment.ts';
import type { WatchList } from './watch-list.ts';

interface Common {
  readonly id: string;
  /** In lower case. */
  readonly hash: string;
  readonly payment: Payment;
}

export type Sought =
  | (Common & { readonly kind: 'payment' | 'named'; readonly order: Order })
  /** Money without an order, in the pool. */
  | (Common & { readonly kind: 'unclaimed' });

export function soughtIn(list: WatchList, unclaimed: readonly Sighting[], chain: string): Sought[] {
  return [
    ...list.payments
      .filter(({ payment }) => isUnmined(payment))
      .map(({ order, payment }): Sought => ({
        kind: 'payment',
        id: payment.id,
        hash: hashOf(payment),
        order,
        payment,
      })),
    ...unclaimed.map(({ payment: fact, seenAt }): Sought => {
      const payment: Payment = { ...fact, confirmations: null, state: 'seen', seenAt };
      return { kind: 'unclaimed', id: fact.id, hash: hashOf(payment), payment };
    }),
    ...list.named.map(({ order, txHash }): Sought => {
      const id = namedId(order.id, txHash);
      return { kind: 'named', id, hash: txHash, order, payment: { ...nothingKnown(chain, txHash), id } };
    }),
  ];
}

/** What is looked up of an order when somebody asks for it. */
export function soughtIds(order: Order): string[] {
  const named = order.namedTransactions ?? [];
  return [...order.payments.map(({ id }) => id), ...named.map(({ txHash }) => namedId(order.id, txHash.toLowerCase()))];
}

function namedId(order: string, txHash: string): string {
  return `named ${order} ${txHash}`;
}

/** A hash alone: whom it pays, and what, is what looking it up has to say. */
function nothingKnown(chain: string, txHash: string): Omit<Payment, 'id'> {
  return {
    ...{ chain, txHash, asset: 'native', symbol: 'native', decimals: null, amount: '0', required: null },
    ...{ witness: 'processor', confirmations: null, state: 'seen', seenAt: 0 },
  };
}

function hashOf({ txHash }: Payment): string {
  return (txHash ?? '').toLowerCase();
}
