import type { Payment } from '../../../contract/order.ts';
import type { EvmTransaction } from './node.ts';
import type { Signers } from './signers.ts';
import type { TrackedPayment, WatchList } from './watch-list.ts';

const unmined: ReadonlySet<Payment['state']> = new Set(['seen', 'reorged', 'dropped']);

/**
 * Payments that can never be mined any more, because another transaction of the same signer took their nonce. Pure.
 * @param transactions of a block
 * @returns each with the hash of the transaction that took it
 */
export function replacedBy(
  transactions: readonly EvmTransaction[],
  list: WatchList,
  signers: Pick<Signers, 'of'>,
): (TrackedPayment & { readonly hash: string })[] {
  const waiting = list.payments.filter(({ payment }) => unmined.has(payment.state));
  if (waiting.length === 0) return [];
  const taken = new Map(transactions.map(({ from, nonce, hash }) => [`${from} ${nonce}`, hash]));
  return waiting.flatMap(({ order, payment }) => {
    const own = (payment.txHash ?? '').toLowerCase();
    const signed = payment.signed ?? signers.of(own);
    const hash = signed && taken.get(`${signed.by.toLowerCase()} ${signed.nonce}`);
    return hash === undefined || hash === own ? [] : [{ order, payment, hash }];
  });
}
