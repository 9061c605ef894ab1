import type { Replaced } from '../follow/sight.ts';
import { isUnmined } from '../follow/unmined-payment.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmTransaction } from './node.ts';
import type { Signers } from './signers.ts';

/**
 * Payments whose nonce another transaction of the same signer took: in a block they can never be mined any more; in the
 * pool only one of the two can be. Pure.
 * @param transactions of a block, or of the pool
 * @param at the block's time, epoch milliseconds; null for the pool
 */
export function replacedBy(
  transactions: readonly EvmTransaction[],
  list: WatchList,
  signers: Pick<Signers, 'of'>,
  at: number | null,
): Replaced[] {
  const waiting = list.payments.filter(({ payment }) => isUnmined(payment));
  if (waiting.length === 0) return [];
  const taken = new Map(transactions.map(({ from, nonce, hash }) => [`${from} ${nonce}`, hash]));
  return waiting.flatMap(({ order, payment }) => {
    const own = (payment.txHash ?? '').toLowerCase();
    const signed = payment.signed ?? signers.of(own);
    const by = signed && taken.get(`${signed.by.toLowerCase()} ${signed.nonce}`);
    return by === undefined || by === own ? [] : [{ order, payment, by, at }];
  });
}
