import { NodeFailure } from '../follow/node-failure.ts';
import type { EvmAssets } from './assets.ts';
import type { EvmLog, EvmNode } from './node.ts';
import { sightsInChain } from './matching.ts';
import type { Sight } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { TokenSymbols } from './token-symbols.ts';

/** What most nodes answer in one piece; of one that refuses, less is asked, down to the least. */
const WINDOW_BLOCKS = 1_000;
const LEAST_BLOCKS = 5;
/** Further back than this the chain is not asked, nor in more pieces: it would hold up everything else. */
const MOST_BLOCKS = 50_000;
const MOST_WINDOWS = 200;
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
  const oldest = Math.max(range.from, range.to - MOST_BLOCKS + 1);
  const hashes = await transactionsIn(node, { from: oldest, to: range.to }, list, [...assets.tokens.keys()]);
  const sights: Sight[] = [];
  for (const hash of hashes) sights.push(...(await sightsOf(node, hash, list, assets, symbols)));
  return sights;
}

/** The newest first: where a node gives so little at a time that it is not worth its while, the oldest are left out. */
async function transactionsIn(
  node: EvmNode,
  { from, to }: { readonly from: number; readonly to: number },
  list: WatchList,
  tokens: readonly string[],
): Promise<string[]> {
  const found = new Map<string, number>();
  let size = WINDOW_BLOCKS;
  let last = to;
  for (let windows = 0; last >= from && windows < MOST_WINDOWS; windows += 1) {
    const window = { from: Math.max(from, last - size + 1), to: last };
    try {
      for (const { transactionHash, block } of await logsOf(node, window, list, tokens)) {
        found.set(transactionHash, block.number);
      }
      last = window.from - 1;
    } catch (error) {
      if (!(error instanceof NodeFailure) || !error.answered || size === LEAST_BLOCKS) throw error;
      size = Math.max(LEAST_BLOCKS, Math.floor(Math.min(size, window.to - window.from + 1) / 3));
    }
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([hash]) => hash);
}

async function logsOf(
  node: EvmNode,
  window: { readonly from: number; readonly to: number },
  list: WatchList,
  tokens: readonly string[],
): Promise<EvmLog[]> {
  const logs: EvmLog[] = [];
  for (const recipients of chunksOf(list.keys())) {
    logs.push(...(await node.transfersBetween(window, tokens, recipients)));
  }
  return logs;
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
