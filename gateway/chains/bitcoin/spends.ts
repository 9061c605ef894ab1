import type { Payment } from '../../../contract/order.ts';
import type { Replaced } from '../follow/sight.ts';
import { isUnmined } from '../follow/unmined-payment.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { BitcoinTransaction } from './node.ts';

const MOST = 10_000;

/** Which outputs a payment's transaction spends: what spends one of them too is its rival. The oldest are forgotten. */
export class Spends {
  readonly #inputs = new Map<string, readonly string[]>();

  learn({ txid, inputs }: BitcoinTransaction): void {
    this.#inputs.delete(txid);
    this.#inputs.set(txid, inputs);
    const oldest = this.#inputs.keys().next().value;
    if (this.#inputs.size > MOST && oldest !== undefined) this.#inputs.delete(oldest);
  }

  /** Every input of a transaction that was seen since the start; else the one that its payment remembers. */
  of({ signed, txHash }: Payment): readonly string[] {
    return this.#inputs.get((txHash ?? '').toLowerCase()) ?? (signed ? [signed.by] : []);
  }
}

/**
 * Payments one of whose inputs another transaction spends: in a block they can never be mined any more; in the pool the
 * node has put the other in their place. Pure.
 * @param at the block's time, epoch milliseconds; null for the pool
 */
export function outspentBy(
  transactions: readonly BitcoinTransaction[],
  list: WatchList,
  spends: Pick<Spends, 'of'>,
  at: number | null,
): Replaced[] {
  const waiting = list.payments.filter(({ payment }) => isUnmined(payment));
  if (waiting.length === 0) return [];
  const spent = new Map(transactions.flatMap(({ inputs, txid }) => inputs.map((input) => [input, txid] as const)));
  return waiting.flatMap(({ order, payment }) => {
    const rivals = spends.of(payment).flatMap((input) => spent.get(input) ?? []);
    const by = rivals.find((txid) => txid !== payment.txHash?.toLowerCase());
    return by === undefined ? [] : [{ order, payment, by, at }];
  });
}
