import type { Event } from '../../contract/events.ts';
import { NAMED_TRANSACTIONS_MOST } from '../../contract/order.ts';
import type { NamedTransaction, Order } from '../../contract/order.ts';
import type { EventDraft } from '../ledger.ts';
import { CommandError } from './command-error.ts';

/**
 * The transaction a customer says has paid the order, as a fact of the order: where to look, and nobody's witness. Pure.
 * @returns none when it was named before
 * @throws CommandError `conflict` where too many were named
 */
export function nameTransaction(
  order: Order,
  said: { readonly txHash: string; readonly chain?: string | undefined },
): readonly EventDraft[] {
  const data = namedTransaction(order, said);
  const named = order.namedTransactions ?? [];
  if (named.some(({ chain, txHash }) => txHash === data.txHash && chain === data.chain)) return [];
  if (named.length >= NAMED_TRANSACTIONS_MOST) {
    throw new CommandError(
      'conflict',
      `No more than ${NAMED_TRANSACTIONS_MOST} transactions can be named for an order.`,
    );
  }
  return [{ kind: 'transaction.named', order: order.id, source: 'desk', occurred: null, sent: null, data }];
}

/** The transactions that events name, as `namedTransaction` wrote them. */
export function namedIn(events: readonly Event[]): string[] {
  return events.flatMap(({ kind, data }) => (kind === 'transaction.named' ? [String(data['txHash'])] : []));
}

/** In the form of its chain; an order that is paid on one chain alone names it by itself. */
function namedTransaction(
  { pay }: Order,
  said: { readonly txHash: string; readonly chain?: string | undefined },
): NamedTransaction {
  const asked = [...new Set(pay.flatMap(({ chain }) => chain ?? []))];
  const chain = said.chain ?? (asked.length === 1 ? asked[0] : undefined) ?? null;
  const bare = said.txHash.replace(/^0x/i, '');
  // What is no hexadecimal hash may tell letters by their case.
  if (!/^[0-9a-f]{64}$/i.test(bare)) return { chain, txHash: said.txHash };
  const prefixed = chain === null ? bare !== said.txHash : chain.startsWith('eip155:');
  return { chain, txHash: `${prefixed ? '0x' : ''}${bare.toLowerCase()}` };
}
