/** What a node shows of money. */
import type { Order, PaymentFact } from '../../../contract/order.ts';
import type { BlockRef } from '../chain-watcher.ts';
import type { TrackedPayment } from './watch-list.ts';

/** A payment in a block; `failed` says why nothing was paid. */
export interface Mined {
  readonly block: BlockRef;
  /** The block's time, epoch milliseconds. */
  readonly at: number;
  readonly failed?: string;
}

/** One payment as a node shows it, in the pool where `mined` is null. */
export interface Sight {
  /** Whose money it is; null at a watched address that no order claims. */
  readonly order: Pick<Order, 'store' | 'id'> | null;
  readonly fact: PaymentFact & { readonly chain: string };
  readonly mined: Mined | null;
}

/** A payment whose place another transaction took: it can't be mined any more, or hardly. */
export interface Replaced extends TrackedPayment {
  /** Hash of the transaction that took it. */
  readonly by: string;
  /** Time of that one's block, epoch milliseconds; null while it is in the pool. */
  readonly at: number | null;
}
