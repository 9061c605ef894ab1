import type { Clock } from '../../ledger.ts';
import type { Logger } from '../../logger.ts';
import type { BlockRef, BlockTrail } from '../chain-watcher.ts';
import { outlook } from './ancestor.ts';
import { BlockTimes } from './block-times.ts';
import { brokenLink, canonicalChain, standing } from './canonical-chain.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { ChainKind } from './chain-kind.ts';
import { ChainMoved } from './chain-moved.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import { firstBlockSince } from './first-block.ts';
import { NodeFailure } from './node-failure.ts';
import { depthReport, orphanedReport, replacedReport, sightReport } from './reports.ts';
import { SecondLook } from './second-look.ts';
import type { Sight } from './sight.ts';
import { tipOf } from './tip.ts';
import type { Tip } from './tip.ts';
import type { Unclaimed } from './unclaimed.ts';
import type { WatchList } from './watch-list.ts';
import type { Found, Watched } from './watched.ts';

/** What the trail keeps. */
const TRAIL_BLOCKS = 512;

export interface WalkOptions<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly kind: ChainKind<N, B, T>;
  readonly watched: Watched;
  readonly unclaimed: Unclaimed;
  readonly trail: BlockTrail;
  readonly clock: Clock;
  readonly log: Logger;
  /** How old the head of a living chain may be, milliseconds. */
  readonly youngMs: number;
  /** Called between the steps of a long walk, so that what else is waiting need not wait for its end. */
  readonly between: (node: N) => Promise<void>;
  /** Asks the other nodes about a chain whose top is the node's head, before what it holds is told. */
  readonly consult: (chain: CanonicalChain) => Promise<void>;
  /** Number of the highest block of a chain that enough nodes hold. */
  readonly agreed: (chain: CanonicalChain) => number;
}

/** Walks the chain after the node's head, block by block, and tells what it means for the orders. */
export class Walk<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly #options: WalkOptions<N, B, T>;
  #chain: CanonicalChain | undefined;
  #blocks: readonly BlockRef[] = [];
  /** Time of the top, epoch milliseconds; the watcher's start where the top was walked before it. */
  #at: number;
  /** The block that the chain itself calls settled. */
  #named: BlockRef | null = null;
  #namedFor = '';
  /** For which head, agreed and named block the mined payments were last counted. */
  #recounted = '';
  readonly #times = new BlockTimes();
  readonly #second = new SecondLook();

  constructor(options: WalkOptions<N, B, T>) {
    this.#options = options;
    this.#at = options.clock.now();
  }

  get height(): number {
    return this.#chain?.top?.number ?? 0;
  }

  /** Median milliseconds between the newest blocks; null until enough were walked. */
  get blockMs(): number | null {
    return this.#times.betweenMs;
  }

  /**
   * Brings the orders up to the node's head.
   * @returns the head, and whether it was news
   * @throws NodeFailure, ChainMoved
   */
  async follow(node: N): Promise<{ readonly head: ChainHeader; readonly moved: boolean }> {
    const chain = (this.#chain ??= await this.#recalled());
    const head = await node.head();
    await this.#nameSettled(node, head);
    const { clock, youngMs } = this.#options;
    const view = await outlook(node, chain, head, { now: clock.now(), youngMs });
    switch (view.kind) {
      case 'same':
      case 'lower':
        break;
      case 'behind':
        throw new NodeFailure(`is ${view.blocks} blocks behind`);
      case 'onward':
        await this.#onward(node, head, view.ancestor);
        break;
      case 'foreign':
        await this.#anew(node, head);
        break;
      default:
        view satisfies never;
    }
    const moved = view.kind === 'onward' || view.kind === 'foreign';
    if (moved) await this.#lookAgain(node);
    return { head, moved };
  }

  /** The chain as it was walked, for what is learnt between two heads; undefined before the first. */
  get tip(): Tip | undefined {
    return this.#chain?.top ? this.#tipOf(this.#chain, this.#at) : undefined;
  }

  /** Holds every mined payment against the chain as it was walked, where that or what nodes agree on has changed. */
  async recount(): Promise<void> {
    const { tip } = this;
    if (!tip) return;
    const counted = `${tip.canonical.top?.hash ?? ''} ${tip.agreed} ${tip.settled}`;
    if (counted === this.#recounted) return;
    const { unclaimed, watched } = this.#options;
    const { payments } = await watched.list();
    const orders = new Map(payments.map(({ order }) => [order.id, order]));
    const found = [...orders.values()].flatMap((order): Found[] => {
      const report = depthReport(order.id, tip);
      return report.decide(order).length > 0 ? [{ store: order.store, report }] : [];
    });
    await watched.append(found);
    await unclaimed.recount(tip);
    this.#recounted = counted;
  }

  #tipOf(canonical: CanonicalChain, at: number): Tip {
    const { kind, agreed, clock } = this.#options;
    const parts = { chain: kind.form.chain, canonical, at, rule: kind.depth, now: clock.now() };
    const walked = this.#named && canonical.hashAt(this.#named.number);
    const isWalked = walked === undefined || walked === this.#named?.hash;
    return tipOf({ ...parts, agreed: agreed(canonical), named: isWalked ? this.#named?.number : null });
  }

  async #recalled(): Promise<CanonicalChain> {
    this.#blocks = await this.#options.trail.recent();
    const chain = canonicalChain(this.#blocks);
    if (chain.top) this.#second.begin(chain.top.number);
    return chain;
  }

  /** What a node calls settled is asked once a head; it counts only where it is the block that was walked. */
  async #nameSettled(node: N, head: ChainHeader): Promise<void> {
    const { kind } = this.#options;
    if (typeof kind.depth.settles === 'number' || this.#namedFor === head.hash) return;
    this.#named = await kind.settledHead(node);
    this.#namedFor = head.hash;
  }

  async #onward(node: N, head: ChainHeader, ancestor: BlockRef): Promise<void> {
    const top = this.#chain?.top;
    this.#second.reorged(ancestor.number);
    if (top && ancestor.number < top.number) {
      this.#options.log.info({ from: ancestor.number + 1, to: top.number }, 'blocks were orphaned by a reorg');
    }
    const { size, payments } = await this.#options.watched.list();
    const nobodyWaits = size === 0 && payments.length === 0 && head.number - ancestor.number > TRAIL_BLOCKS;
    if (nobodyWaits) return this.#anew(node, head);
    await this.#steps(node, ancestor.number + 1, head.number, ancestor);
  }

  /** No block in common with what was walked: from as far back as the orders ask for. */
  async #anew(node: N, head: ChainHeader): Promise<void> {
    const { clock, kind, watched } = this.#options;
    const orders = await watched.orders();
    const oldest = orders.reduce((least, { createdAt }) => Math.min(least, createdAt), clock.now());
    const recent = Math.max(0, head.number - kind.pace.lookBackBlocks + 1);
    const since = orders.length === 0 ? recent : await firstBlockSince(node, head, oldest - kind.form.clockSlackMs);
    const wanted = Math.min(recent, since);
    const from = Math.max(wanted, head.number - kind.pace.firstWalkBlocks + 1, 0);
    if (wanted < from) {
      const sights = await kind.lookBack(node, { from: wanted, to: from - 1 }, await watched.list());
      await this.#tell(sights, this.#tipOf(canonicalChain([head]), head.at));
    }
    this.#blocks = [];
    await this.#options.trail.replaceFrom(0, []);
    await this.#steps(node, from, head.number, undefined);
    await this.#takeBackBelow(node, from);
  }

  /** Blocks below those that were walked may have gone with the others: each that holds a payment is asked for, once. */
  async #takeBackBelow(node: N, from: number): Promise<void> {
    const { kind, watched } = this.#options;
    const { payments } = await watched.list();
    const deep = payments.filter(({ payment: { block } }) => block !== undefined && block.number < from);
    const found: Found[] = [];
    for (const [number, inBlock] of Map.groupBy(deep, ({ payment }) => payment.block?.number ?? 0)) {
      const header = await node.header(number);
      for (const { order, payment } of inBlock) {
        const { block, id } = payment;
        if (!block || !header || header.hash === block.hash) continue;
        found.push({ store: order.store, report: orphanedReport(order.id, kind.form.chain, id, block) });
      }
    }
    await watched.append(found);
  }

  /** Nodes behind a balancer may show a block before its logs: some blocks later those are asked for once more. */
  async #lookAgain(node: N): Promise<void> {
    const { kind, log, watched } = this.#options;
    const { tip } = this;
    const range = tip && this.#second.next(tip.canonical.top?.number ?? 0);
    if (!range) return;
    try {
      const sights = await kind.lookBack(node, range, await watched.list());
      const holds = ({ mined }: Sight): boolean =>
        mined !== null && standing(tip.canonical, mined.block) === 'canonical';
      await this.#tell(sights.filter(holds), tip);
    } catch (error) {
      if (!(error instanceof NodeFailure) || !error.answered) throw error;
      log.warn({ note: error.message }, 'blocks could not be looked at once more');
    }
    this.#second.did(range.to);
  }

  async #steps(node: N, from: number, to: number, ancestor: BlockRef | undefined): Promise<void> {
    const { stepBlocks } = this.#options.kind.pace;
    let base = ancestor;
    for (let first = from; first <= to; first += stepBlocks) {
      if (first > from) await this.#options.between(node);
      const last = Math.min(to, first + stepBlocks - 1);
      base = await this.#step(node, { first, last, isNewest: last === to }, base);
    }
  }

  /** One step: read, told, then remembered; a stop in between repeats it, and what was told is not told twice. */
  async #step(
    node: N,
    { first, last, isNewest }: { first: number; last: number; isNewest: boolean },
    base: BlockRef | undefined,
  ): Promise<BlockRef | undefined> {
    const { consult, trail, watched } = this.#options;
    const numbers = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    const blocks = await Promise.all(numbers.map((number) => blockAt(node, number)));
    if (brokenLink(base, blocks)) throw new ChainMoved();
    const refs = blocks.map(({ number, hash }) => ({ number, hash }));
    const kept = [...this.#blocks.filter(({ number }) => number < first), ...refs];
    const blocksAfter = kept.sort((a, b) => b.number - a.number).slice(0, TRAIL_BLOCKS);
    const canonical = canonicalChain(blocksAfter);
    if (isNewest) await consult(canonical);
    const tip = this.#tipOf(canonical, blocks.at(-1)?.at ?? 0);
    await this.#learn(node, blocks, await watched.list(), tip);
    await trail.replaceFrom(first, refs);
    this.#times.learn(blocks);
    this.#blocks = blocksAfter;
    this.#chain = canonical;
    this.#at = tip.at;
    return canonical.top;
  }

  async #learn(node: N, blocks: readonly B[], list: WatchList, tip: Tip): Promise<void> {
    const { kind } = this.#options;
    const learnt = await Promise.all(
      blocks.map(async (block) => {
        const sights = await kind.sightsOfBlock(node, block, list);
        const outbid = kind.replacedIn(block, list).map(({ order, payment, by }): Found => ({
          store: order.store,
          report: replacedReport(order.id, tip.chain, payment.id, by, block.at),
        }));
        return { sights, outbid };
      }),
    );
    const sights = learnt.flatMap((each) => each.sights);
    await this.#tell(
      sights,
      tip,
      learnt.flatMap(({ outbid }) => outbid),
    );
  }

  async #tell(sights: readonly Sight[], tip: Tip, outbid: readonly Found[] = []): Promise<void> {
    const { unclaimed, watched } = this.#options;
    const paid = sights.flatMap(({ order, ...sight }): Found[] =>
      order ? [{ store: order.store, report: sightReport(order.id, sight, tip) }] : [],
    );
    await watched.append([...outbid, ...paid]);
    await unclaimed.tell(sights, tip);
  }
}

async function blockAt<B extends ChainHeader>(node: ChainNode<B, never>, number: number): Promise<B> {
  const block = await node.block(number);
  if (!block) throw new ChainMoved();
  return block;
}
