import type { ChainContext } from '../chain-watcher.ts';
import type { Order } from '../../../contract/order.ts';
import { isOpen } from '../../../contract/order.ts';
import type { Clock, Closeable } from '../../ledger.ts';
import { WaitingRechecks } from '../../waiting-rechecks.ts';
import type { Walked } from './agreement.ts';
import { LEEWAY_BLOCKS } from './ancestor.ts';
import type { ChainKind } from './chain-kind.ts';
import { ChainMoved } from './chain-moved.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import { Endpoints } from './endpoints.ts';
import { NamedWatch } from './named-watch.ts';
import { NodeFailure } from './node-failure.ts';
import { Pool } from './pool.ts';
import { StallGuard } from './stall-guard.ts';
import type { FollowTimings } from './timings.ts';
import { requiredOf } from './tip.ts';
import { Troubles } from './troubles.ts';
import { Unclaimed } from './unclaimed.ts';
import { Unmined } from './unmined.ts';
import { Wake } from './wake.ts';
import { Walk } from './walk.ts';
import { Watched } from './watched.ts';

export interface FollowerOptions<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly kind: ChainKind<N, B, T>;
  readonly urls: readonly string[];
  readonly timings: FollowTimings;
  readonly random: () => number;
  readonly connect: (url: string) => N;
  /** Milliseconds that only ever grow, for waiting: the wall clock may be set while we wait. */
  readonly steady: Clock;
}

/** How often in a row a node may answer with errors, or the chain move under the reading, before the node is left. */
const PATIENCE = 5;
/** How long the other nodes are waited for before a new block is told of. */
const CONSULT_MS = 300;
/** However fast blocks come, nodes that are further apart than this are not the same. */
const MOST_LEEWAY = 200;

/** One loop does everything in turn, so that no two sights of a chain overtake each other. */
export class Follower<N extends ChainNode<B, T>, B extends ChainHeader, T> implements Closeable {
  readonly #options: FollowerOptions<N, B, T>;
  readonly #context: ChainContext;
  readonly #endpoints: Endpoints<N, B, T>;
  readonly #watched: Watched;
  readonly #walk: Walk<N, B, T>;
  readonly #pool: Pool<N, B, T>;
  readonly #unmined: Unmined<N, B, T>;
  readonly #stall: StallGuard;
  readonly #wake = new Wake();
  readonly #rechecks = new WaitingRechecks();
  readonly #ended: Promise<void>;
  #closed = false;
  /** When the head is to be looked at again, steady milliseconds. */
  #headDue = 0;
  #troubles = 0;
  #fee: string | null = null;

  constructor(options: FollowerOptions<N, B, T>, context: ChainContext) {
    const { kind, timings } = options;
    const { chain } = kind.form;
    const { clock, ledger, log, matching, observations, trail } = context;
    const now = (): number => options.steady.now();
    this.#options = options;
    this.#context = context;
    this.#stall = new StallGuard(timings.stallAfterMs);
    this.#watched = new Watched({ ledger, form: kind.form, now, matching, onOrders: () => this.#wake.call() });
    const unclaimed = new Unclaimed({ chain, matching, now: () => clock.now(), log });
    const shared = { kind, watched: this.#watched, unclaimed, log };
    this.#pool = new Pool(shared);
    this.#walk = new Walk({
      ...{ ...shared, clock, trail, youngMs: timings.stallAfterMs },
      between: (node) => this.#drain(node),
      consult: (chain) =>
        this.#consult({ chain, height: chain.top?.number ?? 0, still: false, leeway: this.#leeway() }),
      agreed: (walked) => this.#endpoints.judge(walked).agreed,
    });
    this.#unmined = new Unmined({
      ...{ ...shared, now, timings },
      troubles: new Troubles({ chain, observations, now: () => clock.now() }),
      named: new NamedWatch({ chain, observations, settlesAt: requiredOf(kind.depth) }),
      secondOpinion: (asked) => this.#endpoints.second((node) => kind.lookUp(node, asked)),
    });
    this.#endpoints = this.#newEndpoints();
    this.#ended = this.#run();
  }

  /**
   * Looks at the head and at an order's unmined payments now, whoever's turn it is.
   * @returns when that was done
   * @throws Error where no node answers
   */
  recheck(order: Order): Promise<void> {
    this.#unmined.hurry(order);
    const looked = this.#rechecks.wait();
    this.#lookNow();
    return looked;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rechecks.close();
    this.#wake.call();
    await this.#endpoints.close();
    await this.#ended;
    this.#watched.close();
  }

  #newEndpoints(): Endpoints<N, B, T> {
    const { connect, kind, random, steady, timings, urls } = this.#options;
    return new Endpoints({
      ...{ clock: steady, connect, log: this.#context.log, random, timings, urls },
      verify: (node) => kind.verify(node),
      onNews: () => this.#wake.call(),
      listener: {
        onHead: () => this.#lookNow(),
        onLost: () => this.#lookNow(),
        onPending: (transaction) => {
          this.#pool.push(transaction);
          this.#wake.call();
        },
      },
    });
  }

  #lookNow(): void {
    this.#headDue = 0;
    this.#wake.call();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#turn();
      } catch (error) {
        // Trouble of the gateway's own, such as a disk that is full: the next turn tries again.
        if (!this.#closed) this.#context.log.error({ error: String(error) }, 'watching the chain failed');
        await this.#wake.sleep(this.#options.timings.pollMs);
      }
    }
  }

  async #turn(): Promise<void> {
    const { freshness } = this.#context;
    const { steady } = this.#options;
    const taken = await this.#endpoints.take();
    if (this.#closed) return;
    const rechecks = this.#rechecks.take();
    if (!taken.found) {
      freshness.failed(taken.note);
      rechecks.failed(taken.note);
      this.#sayStanding();
      return this.#wake.sleep(taken.retryAt - steady.now());
    }
    try {
      await this.#ask(taken.node);
      this.#troubles = 0;
      rechecks.done();
    } catch (error) {
      rechecks.again();
      if (await this.#forgiven(error)) return;
    }
    if (!this.#closed) await this.#wake.sleep(this.#headDue - steady.now());
  }

  /** @returns true when the next turn is to come at once, with another node or the same */
  async #forgiven(error: unknown): Promise<boolean> {
    if (this.#closed) return true;
    const passing = error instanceof ChainMoved || (error instanceof NodeFailure && error.answered);
    if (!passing && !(error instanceof NodeFailure)) throw error;
    this.#troubles += 1;
    if (passing && this.#troubles < PATIENCE) {
      this.#headDue = this.#options.steady.now() + this.#options.timings.retryMinMs / 4;
      return false;
    }
    this.#troubles = 0;
    this.#headDue = 0;
    await this.#endpoints.leave(error instanceof NodeFailure ? error : new NodeFailure(error.message));
    return true;
  }

  async #ask(node: N): Promise<void> {
    const { steady, timings } = this.#options;
    if (steady.now() >= this.#headDue) {
      this.#headDue = steady.now() + timings.pollMs;
      await node.poll(() => this.#awaited());
      await this.#look(node);
    }
    if (await this.#endpoints.followBetter()) {
      this.#lookNow();
      return;
    }
    await this.#walk.recount();
    this.#sayStanding();
    await this.#drain(node);
    const { tip } = this.#walk;
    if (tip) await this.#unmined.check(node, tip);
    this.#endpoints.praise();
  }

  async #look(node: N): Promise<void> {
    const { clock, freshness } = this.#context;
    const { kind, steady } = this.#options;
    const { head, moved } = await this.#walk.follow(node);
    if (moved) {
      this.#unmined.headMoved();
      this.#fee = await kind.nextFee(node);
    }
    const still = this.#stall.since(node, head.hash, steady.now()) !== null;
    // A block that is dated ahead is no hour behind.
    if (!still) freshness.heard(Math.min(head.at, clock.now()));
    const chain = this.#walk.tip?.canonical;
    if (chain) void this.#endpoints.look({ chain, height: head.number, still, leeway: this.#leeway() });
  }

  /** One that is slow is not waited for: what it says is counted when it comes. */
  async #consult(walked: Walked): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, CONSULT_MS)));
    await Promise.race([this.#endpoints.consult(walked), patience]);
    clearTimeout(timer);
  }

  /** Between two looks at a fast chain many blocks come, and nodes are that far apart without being ill. */
  #leeway(): number {
    const between = this.#walk.blockMs;
    const missed = between === null ? 0 : Math.ceil((2 * this.#options.timings.pollMs) / Math.max(1, between));
    return Math.min(MOST_LEEWAY, Math.max(LEEWAY_BLOCKS, missed));
  }

  #sayStanding(): void {
    const { chain } = this.#options.kind.form;
    const nodes = this.#endpoints.standings();
    this.#context.observations.sawChain(chain, { nodes, blockMs: this.#walk.blockMs, fee: this.#fee });
  }

  async #awaited(): Promise<string[]> {
    const { chain } = this.#options.kind.form;
    const now = this.#context.clock.now();
    // Money within the grace is taken as paid, late: it is looked for too, behind that of orders which are still open.
    const waiting = (await this.#watched.orders()).filter(
      (order) => isOpen(order) || (order.status === 'expired' && now <= order.graceUntil),
    );
    const newest = waiting.sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.createdAt - a.createdAt);
    return newest.flatMap(({ pay }) =>
      pay.flatMap((option) => (option.chain === chain && option.address !== null ? [option.address] : [])),
    );
  }

  async #drain(node: N): Promise<void> {
    const tip = this.#pool.empty ? undefined : this.#walk.tip;
    if (tip) await this.#pool.drain(node, tip);
  }
}
