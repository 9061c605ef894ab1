/** Transactions that customers named and that are no payment of their orders, as long as there is money to be missed. */
import { coveredAt } from '../../contract/settlement.ts';
import type { View } from './view.ts';

export interface UnpaidName {
  /** Lower case. */
  readonly txHash: string;
  /** As it was named. */
  readonly asNamed: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Where it may be: one chain where that was said, else all that are watched. */
  readonly chains: readonly string[];
}

export function unpaidNames({ order, policy }: Pick<View, 'order' | 'policy'>): UnpaidName[] {
  const named = order.namedTransactions ?? [];
  // Hardly any order has one, and every fact asks.
  if (named.length === 0 || coveredAt(order) !== null) return [];
  const paid = new Set(order.payments.map((payment) => payment.txHash?.toLowerCase()));
  return named.flatMap(({ at, chain, txHash: asNamed }) => {
    const txHash = asNamed.toLowerCase();
    if (paid.has(txHash)) return [];
    const chains = chain === null ? [...policy.watchedChains].filter((id) => mayBeOn(id, txHash)) : [chain];
    return [{ txHash, asNamed, at, chains }];
  });
}

export function namedText({ asNamed }: Pick<UnpaidName, 'asNamed'>): string {
  return `the customer named ${asNamed}`;
}

/** Hashes are written with `0x` on EVM chains alone. */
function mayBeOn(chain: string, txHash: string): boolean {
  return chain.startsWith('eip155:') === txHash.startsWith('0x');
}
