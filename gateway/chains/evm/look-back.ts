import type { EvmAssets } from './assets.ts';
import type { EvmNode } from './node.ts';
import { sightsInChain } from './matching.ts';
import type { Sight } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { TokenSymbols } from './token-symbols.ts';

/** What most nodes answer in one piece. */
const WINDOW_BLOCKS = 1_000;
/** Further back than this the chain is not asked: it would hold up everything else. */
const WINDOWS = 50;
/** Asked for at once. */
const RECIPIENTS = 1_000;

/**
 * Token payments in blocks that are not walked, found by their logs. Coins of the chain's own leave no log, so those are
 * only found where blocks are walked.
 * @param range block numbers, both included; only its newest part where it is long
 */
export async function lookBack(
  node: EvmNode,
  range: { readonly from: number; readonly to: number },
  list: WatchList,
  assets: EvmAssets,
  symbols: TokenSymbols,
): Promise<Sight[]> {
  if (assets.tokens.size === 0 || list.size === 0) return [];
  const hashes = new Set<string>();
  const oldest = Math.max(range.from, range.to - WINDOW_BLOCKS * WINDOWS + 1);
  for (let from = oldest; from <= range.to; from += WINDOW_BLOCKS) {
    const window = { from, to: Math.min(range.to, from + WINDOW_BLOCKS - 1) };
    for (const recipients of chunksOf(list.keys())) {
      const logs = await node.transfersBetween(window, [...assets.tokens.keys()], recipients);
      for (const { transactionHash } of logs) hashes.add(transactionHash);
    }
  }
  const sights: Sight[] = [];
  for (const hash of hashes) sights.push(...(await sightsOf(node, hash, list, assets, symbols)));
  return sights;
}

function chunksOf(addresses: readonly string[]): string[][] {
  const chunks = Math.ceil(addresses.length / RECIPIENTS);
  return Array.from({ length: chunks }, (_, n) => addresses.slice(n * RECIPIENTS, (n + 1) * RECIPIENTS));
}

async function sightsOf(
  node: EvmNode,
  hash: string,
  list: WatchList,
  assets: EvmAssets,
  symbols: TokenSymbols,
): Promise<Sight[]> {
  const [transaction, receipt] = await Promise.all([node.transaction(hash), node.receipt(hash)]);
  const header = receipt && (await node.header(receipt.block.number));
  if (!transaction || !receipt || header?.hash !== receipt.block.hash) return [];
  const { succeeded, logs, block } = receipt;
  return sightsInChain({ transaction, succeeded, logs, block, at: header.at }, list, assets, symbols);
}
