import type { Clock } from '../../ledger.ts';
import type { Logger } from '../../logger.ts';
import type { BlockRef, BlockTrail } from '../chain-watcher.ts';
import { outlook } from './ancestor.ts';
import type { EvmAssets } from './assets.ts';
import { sightsOfBlock } from './block-reader.ts';
import { brokenLink, canonicalChain } from './canonical-chain.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import { ChainMoved } from './chain-moved.ts';
import { firstBlockSince } from './first-block.ts';
import { lookBack } from './look-back.ts';
import type { EvmBlock, EvmHeader, EvmNode } from './node.ts';
import { depthReport, replacedReport, sightReport } from './reports.ts';
import type { Tip } from './reports.ts';
import { replacedBy } from './replaced.ts';
import { RpcFailure } from './rpc.ts';
import type { Signers } from './signers.ts';
import type { WatchList } from './watch-list.ts';
import type { Found, Watched } from './watched.ts';

/** Blocks asked for at once; a long gap is walked in such steps, each of them durable before the next. */
const STEP_BLOCKS = 8;
/** What the trail keeps. */
const TRAIL_BLOCKS = 512;
/** Where nothing was walked before and no order is older, the last blocks are walked all the same. */
const LOOK_BACK_BLOCKS = 16;
/** On a first start at most so many blocks are walked one by one; for tokens the logs reach further back. */
const FIRST_WALK_BLOCKS = 1_000;
const CLOCK_SLACK_MS = 15 * 60_000;

export interface WalkOptions {
  readonly assets: EvmAssets;
  readonly watched: Watched;
  readonly trail: BlockTrail;
  readonly signers: Signers;
  readonly clock: Clock;
  readonly log: Logger;
  /** How old the head of a living chain may be, milliseconds. */
  readonly youngMs: number;
  /** Called between the steps of a long walk, so that what else is waiting need not wait for its end. */
  readonly between: (node: EvmNode) => Promise<void>;
}

/** Walks the chain after the node's head, block by block, and tells what it means for the orders. */
export class Walk {
  readonly #options: WalkOptions;
  #chain: CanonicalChain | undefined;
  #blocks: readonly BlockRef[] = [];
  /** Time of the top, epoch milliseconds; the watcher's start where the top was walked before it. */
  #at: number;
  /** Hash of the head for which the mined payments were last counted: not that of the top after a stop in between. */
  #recounted = '';

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#at = options.clock.now();
  }

  get height(): number {
    return this.#chain?.top?.number ?? 0;
  }

  /**
   * Brings the orders up to the node's head.
   * @returns the head, and whether it was news
   * @throws RpcFailure, ChainMoved
   */
  async follow(node: EvmNode): Promise<{ readonly head: EvmHeader; readonly moved: boolean }> {
    const chain = (this.#chain ??= await this.#recalled());
    const head = await node.head();
    const { clock, youngMs } = this.#options;
    const view = await outlook(node, chain, head, { now: clock.now(), youngMs });
    switch (view.kind) {
      case 'same':
        if (this.#recounted !== head.hash) await this.#recount(head);
        return { head, moved: false };
      case 'lower':
        return { head, moved: false };
      case 'behind':
        throw new RpcFailure(`is ${view.blocks} blocks behind`);
      case 'onward':
        await this.#onward(node, head, view.ancestor);
        break;
      case 'foreign':
        await this.#anew(node, head);
        break;
      default:
        view satisfies never;
    }
    await this.#recount(head);
    return { head, moved: true };
  }

  /** The chain as it was walked, for what is learnt between two heads; undefined before the first. */
  get tip(): Tip | undefined {
    return this.#chain?.top ? this.#tipOf(this.#chain, this.#at) : undefined;
  }

  #tipOf(canonical: CanonicalChain, at: number): Tip {
    const { chain, required, countTo } = this.#options.assets;
    return { chain, canonical, at, required, countTo };
  }

  async #recalled(): Promise<CanonicalChain> {
    this.#blocks = await this.#options.trail.recent();
    return canonicalChain(this.#blocks);
  }

  async #onward(node: EvmNode, head: EvmHeader, ancestor: BlockRef): Promise<void> {
    const top = this.#chain?.top;
    if (top && ancestor.number < top.number) {
      this.#options.log.info({ from: ancestor.number + 1, to: top.number }, 'blocks were orphaned by a reorg');
    }
    const list = await this.#options.watched.list();
    const nobodyWaits = list.orders.length === 0 && head.number - ancestor.number > TRAIL_BLOCKS;
    if (nobodyWaits) return this.#anew(node, head);
    await this.#steps(node, ancestor.number + 1, head.number, ancestor);
  }

  /** No block in common with what was walked: from as far back as the orders ask for. */
  async #anew(node: EvmNode, head: EvmHeader): Promise<void> {
    const { assets, clock, watched } = this.#options;
    const list = await watched.list();
    const oldest = Math.min(clock.now(), ...list.orders.map(({ createdAt }) => createdAt));
    const recent = Math.max(0, head.number - LOOK_BACK_BLOCKS + 1);
    const since = list.orders.length === 0 ? recent : await firstBlockSince(node, head, oldest - CLOCK_SLACK_MS);
    const wanted = Math.min(recent, since);
    const from = Math.max(wanted, head.number - FIRST_WALK_BLOCKS + 1, 0);
    if (wanted < from) {
      const sights = await lookBack(node, { from: wanted, to: from - 1 }, list, assets);
      const far = this.#tipOf(canonicalChain([head]), head.at);
      await watched.append(sights.map((sight) => ({ store: sight.store, report: sightReport(sight, far) })));
    }
    this.#blocks = [];
    await this.#options.trail.replaceFrom(0, []);
    await this.#steps(node, from, head.number, undefined);
  }

  async #steps(node: EvmNode, from: number, to: number, ancestor: BlockRef | undefined): Promise<void> {
    let base = ancestor;
    for (let first = from; first <= to; first += STEP_BLOCKS) {
      if (first > from) await this.#options.between(node);
      const last = Math.min(to, first + STEP_BLOCKS - 1);
      base = await this.#step(node, first, last, base);
    }
  }

  /** One step: read, told, then remembered; a stop in between repeats it, and what was told is not told twice. */
  async #step(node: EvmNode, first: number, last: number, base: BlockRef | undefined): Promise<BlockRef | undefined> {
    const { trail, watched } = this.#options;
    const numbers = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    const blocks = await Promise.all(numbers.map((number) => blockAt(node, number)));
    if (brokenLink(base, blocks)) throw new ChainMoved();
    const refs = blocks.map(({ number, hash }) => ({ number, hash }));
    const kept = [...this.#blocks.filter(({ number }) => number < first), ...refs];
    const blocksAfter = kept.sort((a, b) => b.number - a.number).slice(0, TRAIL_BLOCKS);
    const canonical = canonicalChain(blocksAfter);
    const tip = this.#tipOf(canonical, blocks.at(-1)?.at ?? 0);
    await watched.append(await this.#learnt(node, blocks, await watched.list(), tip));
    await trail.replaceFrom(first, refs);
    this.#blocks = blocksAfter;
    this.#chain = canonical;
    this.#at = tip.at;
    return canonical.top;
  }

  async #learnt(node: EvmNode, blocks: readonly EvmBlock[], list: WatchList, tip: Tip): Promise<Found[]> {
    const { assets, signers } = this.#options;
    const found = await Promise.all(
      blocks.map(async (block) => {
        const sights = await sightsOfBlock(node, block, list, assets);
        const told = sights.map((sight): Found => ({ store: sight.store, report: sightReport(sight, tip) }));
        const outbid = replacedBy(block.transactions, list, signers).map(({ order, payment, hash }): Found => ({
          store: order.store,
          report: replacedReport(order.id, tip.chain, payment.id, hash, block.at),
        }));
        return [...told, ...outbid];
      }),
    );
    return found.flat();
  }

  /** Holds every mined payment against the chain, once it is walked to the head. */
  async #recount(head: EvmHeader): Promise<void> {
    const { tip } = this;
    if (!tip) return;
    const { orders } = await this.#options.watched.list();
    const found = orders.flatMap((order) => {
      const report = depthReport(order.id, tip);
      return report.decide(order).length > 0 ? [{ store: order.store, report }] : [];
    });
    await this.#options.watched.append(found);
    this.#recounted = head.hash;
  }
}

async function blockAt(node: EvmNode, number: number): Promise<EvmBlock> {
  const block = await node.block(number);
  if (!block) throw new ChainMoved();
  return block;
}
