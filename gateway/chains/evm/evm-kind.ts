import { Kept } from '../follow/kept.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import type { ChainKind, LookedUp, Pace, PoolSights, Whereabouts } from '../follow/chain-kind.ts';
import type { BlockRef } from '../chain-watcher.ts';
import type { Replaced, Sight } from '../follow/sight.ts';
import type { DepthRule } from '../follow/tip.ts';
import type { ChainForm, WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { sightsOfBlock } from './block-reader.ts';
import { lookBack } from './look-back.ts';
import { lookUp } from './look-up.ts';
import type { EvmBlock, EvmNode, EvmTransaction } from './node.ts';
import { poolSights } from './pool-sights.ts';
import { QueueWatch } from './queue-watch.ts';
import { replacedBy } from './replaced.ts';
import { Signers } from './signers.ts';
import { TokenSymbols } from './token-symbols.ts';

/** Every EVM chain has the same addresses: money sent on the wrong one is found there. */
const KIN = 'eip155:*';
/** For how long what the next block asks is taken as known. */
const FEE_KEPT_MS = 1_000;

/** @param chain CAIP-2 id */
export function evmForm(chain: string): ChainForm {
  return {
    chain,
    kin: KIN,
    keyOf: (address) => (/^0x[0-9a-f]{40}$/i.test(address) ? address.toLowerCase() : null),
    // A processor may put an identifier of its own where a hash belongs; only a hash can be asked for.
    isHash: (text) => /^0x[0-9a-f]{64}$/i.test(text),
    clockSlackMs: 15 * 60_000,
  };
}

export interface EvmKindOptions {
  readonly assets: EvmAssets;
  readonly chainId: number;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
}

/** What is particular to EVM chains. */
export class EvmKind implements ChainKind<EvmNode, EvmBlock, EvmTransaction> {
  readonly form: ChainForm;
  readonly depth: DepthRule;
  /** For tokens the logs reach further back than blocks are walked. */
  readonly pace: Pace = { stepBlocks: 8, lookBackBlocks: 16, firstWalkBlocks: 1_000 };
  readonly #options: EvmKindOptions;
  readonly #signers = new Signers();
  readonly #symbols = new TokenSymbols();
  readonly #queue = new QueueWatch();
  readonly #fee = new Kept<bigint | null>(FEE_KEPT_MS);

  constructor(options: EvmKindOptions) {
    this.#options = options;
    this.form = evmForm(options.assets.chain);
    this.depth = options.assets.depth;
  }

  async verify(node: EvmNode): Promise<void> {
    const { assets, chainId } = this.#options;
    const actual = await node.chainId();
    if (actual === chainId) return;
    throw new NodeFailure(`is on chain eip155:${actual}, not ${assets.chain}; it is not used`);
  }

  sightsOfBlock(node: EvmNode, block: EvmBlock, list: WatchList): Promise<Sight[]> {
    return sightsOfBlock(node, block, list, this.#options.assets, this.#symbols);
  }

  replacedIn(block: EvmBlock, list: WatchList): Replaced[] {
    return replacedBy(block.transactions, list, this.#signers, block.at);
  }

  lookBack(node: EvmNode, range: { readonly from: number; readonly to: number }, list: WatchList): Promise<Sight[]> {
    return lookBack(node, range, list, this.#options.assets, this.#symbols);
  }

  sightsInPool(node: EvmNode, waiting: readonly (EvmTransaction | string)[], list: WatchList): Promise<PoolSights> {
    return poolSights(node, waiting, list, { assets: this.#options.assets, signers: this.#signers });
  }

  lookUp(node: EvmNode, asked: LookedUp): Promise<Whereabouts> {
    return lookUp(node, asked, {
      assets: this.#options.assets,
      signers: this.#signers,
      symbols: this.#symbols,
      queue: this.#queue,
      nextFee: () => this.#nextFee(node),
    });
  }

  async settledHead(node: EvmNode): Promise<BlockRef | null> {
    const { settles } = this.depth;
    return typeof settles === 'number' ? null : node.tagged(settles);
  }

  async nextFee(node: EvmNode): Promise<string | null> {
    this.#fee.forget();
    return (await this.#nextFee(node))?.toString() ?? null;
  }

  #nextFee(node: EvmNode): Promise<bigint | null> {
    return this.#fee.get(this.#options.now(), () => node.nextBaseFee());
  }
}
