import { requiredOf } from '../follow/tip.ts';
import type { DepthRule } from '../follow/tip.ts';
import type { Mined, Sight } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { BitcoinTransaction } from './node.ts';

export interface BitcoinAssets {
  /** CAIP-2 id. */
  readonly chain: string;
  readonly depth: DepthRule;
}

/** The payments that a transaction makes to watched scripts, each output one. Pure. */
export function sightsOf(
  { inputs, outputs, txid }: BitcoinTransaction,
  list: WatchList,
  { chain, depth }: BitcoinAssets,
  mined: Mined | null,
): Sight[] {
  const [first] = inputs;
  return outputs.flatMap(({ script, value }, vout): Sight[] => {
    if (value === 0n || !list.has(script)) return [];
    const id = `${txid}-${vout}`;
    const order = list.payee(script, id, mined && mined.at);
    if (!order && list.isProcessors(script)) return [];
    const to = list.addressOf(script);
    const fact: Sight['fact'] = {
      ...{ id, chain, asset: 'native', symbol: 'BTC', decimals: 8, amount: value.toString(), txHash: txid },
      ...{ required: requiredOf(depth), witness: 'node' },
      ...(to !== undefined && { to }),
      ...(first !== undefined && { signed: { by: first, nonce: 0 } }),
    };
    return [{ order: order ?? null, fact, mined }];
  });
}
