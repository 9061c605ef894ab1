import type { BlockRef } from '../chain-watcher.ts';
import type { ChainKind, LookedUp, Pace, PoolSights, Whereabouts } from '../follow/chain-kind.ts';
import { inBatches } from '../follow/in-batches.ts';
import { Kept } from '../follow/kept.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import { sightsOfNewcomers, withoutRivals } from '../follow/rivals.ts';
import type { Newcomer } from '../follow/rivals.ts';
import type { Replaced, Sight } from '../follow/sight.ts';
import type { DepthRule } from '../follow/tip.ts';
import type { ChainForm, WatchList } from '../follow/watch-list.ts';
import { readAddress } from './address.ts';
import { lookUp, rateText } from './look-up.ts';
import { sightsOf } from './matching.ts';
import type { BitcoinAssets } from './matching.ts';
import type { BitcoinNetwork } from './network.ts';
import type { BitcoinBlock, BitcoinFees, BitcoinNode, BitcoinTransaction } from './node.ts';
import { Spends, outspentBy } from './spends.ts';

/** For how long an estimate is taken as known. */
const FEES_KEPT_MS = 30_000;
const AT_ONCE = 4;

export interface BitcoinKindOptions {
  readonly assets: BitcoinAssets;
  readonly network: BitcoinNetwork;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
}

/** @param chain CAIP-2 id */
export function bitcoinForm(chain: string, network: BitcoinNetwork): ChainForm {
  return {
    chain,
    kin: chain,
    keyOf: (address) => {
      const read = readAddress(address, network);
      return 'script' in read ? read.script : null;
    },
    isHash: (text) => /^[0-9a-f]{64}$/i.test(text),
    // A block's time may be two hours off, by the rules of the chain.
    clockSlackMs: 2 * 3_600_000,
  };
}

/** What is particular to Bitcoin. */
export class BitcoinKind implements ChainKind<BitcoinNode, BitcoinBlock, BitcoinTransaction> {
  readonly form: ChainForm;
  readonly depth: DepthRule;
  /** Blocks are heavy, and a day of them is what anybody waits for. */
  readonly pace: Pace = { stepBlocks: 2, lookBackBlocks: 3, firstWalkBlocks: 144 };
  readonly #options: BitcoinKindOptions;
  readonly #spends = new Spends();
  readonly #fees = new Kept<BitcoinFees | null>(FEES_KEPT_MS);

  constructor(options: BitcoinKindOptions) {
    this.#options = options;
    this.form = bitcoinForm(options.assets.chain, options.network);
    this.depth = options.assets.depth;
  }

  async verify(node: BitcoinNode): Promise<void> {
    const { chain } = this.form;
    const genesis = await node.genesis();
    if (genesis.startsWith(chain.slice('bip122:'.length))) return;
    throw new NodeFailure(`is on chain bip122:${genesis.slice(0, 32)}, not ${chain}; it is not used`);
  }

  async sightsOfBlock(_node: BitcoinNode, block: BitcoinBlock, list: WatchList): Promise<Sight[]> {
    const { at, hash, number, transactions } = block;
    return transactions.flatMap((transaction) => {
      const sights = sightsOf(transaction, list, this.#options.assets, { block: { number, hash }, at });
      if (sights.length > 0) this.#spends.learn(transaction);
      return sights;
    });
  }

  replacedIn(block: BitcoinBlock, list: WatchList): Replaced[] {
    return outspentBy(block.transactions, list, this.#spends, block.at);
  }

  /** A node cannot be asked for what was paid to an address before: there is nothing to look back by. */
  async lookBack(): Promise<Sight[]> {
    return [];
  }

  async sightsInPool(
    node: BitcoinNode,
    waiting: readonly (BitcoinTransaction | string)[],
    list: WatchList,
  ): Promise<PoolSights> {
    const transactions = waiting.filter((each) => typeof each !== 'string');
    const came = transactions.map((transaction): Newcomer => {
      const found = sightsOf(transaction, list, this.#options.assets, null);
      if (found.length > 0) this.#spends.learn(transaction);
      return { hash: transaction.txid, spends: transaction.inputs, sights: found };
    });
    const isShown = async (txid: string): Promise<boolean> => {
      const found = await node.transaction(txid);
      return found !== null && found !== 'unindexed';
    };
    const rivals = outspentBy(transactions, list, this.#spends, null);
    const gone = await inBatches(rivals, AT_ONCE, async (each) =>
      (await isShown((each.payment.txHash ?? '').toLowerCase())) ? [] : [each],
    );
    const sights = await sightsOfNewcomers(came, isShown);
    return { sights: withoutRivals(sights, rivals, gone.flat()), replaced: gone.flat() };
  }

  lookUp(node: BitcoinNode, asked: LookedUp): Promise<Whereabouts> {
    const { assets, network } = this.#options;
    return lookUp(node, asked, { assets, network, spends: this.#spends, fees: () => this.#known(node) });
  }

  async settledHead(): Promise<BlockRef | null> {
    return null;
  }

  async nextFee(node: BitcoinNode): Promise<string | null> {
    this.#fees.forget();
    const fees = await this.#known(node);
    return fees && rateText(fees.next);
  }

  #known(node: BitcoinNode): Promise<BitcoinFees | null> {
    return this.#fees.get(this.#options.now(), () => node.fees());
  }
}
