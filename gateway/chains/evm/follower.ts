import type { ChainContext } from '../chain-watcher.ts';
import type { Order } from '../../../contract/order.ts';
import type { Clock, Closeable } from '../../ledger.ts';
import type { EvmAssets } from './assets.ts';
import { ChainMoved } from './chain-moved.ts';
import { Endpoints } from './endpoints.ts';
import { lookUp } from './look-up.ts';
import type { Whereabouts } from './look-up.ts';
import type { EvmNode } from './node.ts';
import { Pool } from './pool.ts';
import { RpcFailure } from './rpc.ts';
import { Signers } from './signers.ts';
import { StallGuard } from './stall-guard.ts';
import type { EvmTimings } from './timings.ts';
import { Unmined } from './unmined.ts';
import { Wake } from './wake.ts';
import { Walk } from './walk.ts';
import { Watched } from './watched.ts';

export interface FollowerOptions {
  readonly assets: EvmAssets;
  readonly chainId: number;
  readonly urls: readonly string[];
  readonly timings: EvmTimings;
  readonly random: () => number;
  readonly connect: (url: string) => EvmNode;
  /** Milliseconds that only ever grow, for waiting: the wall clock may be set while we wait. */
  readonly steady: Clock;
}

/** How often in a row a node may answer with errors, or the chain move under the reading, before the node is left. */
const PATIENCE = 5;

/** One loop does everything in turn, so that no two sights of a chain overtake each other. */
export class Follower implements Closeable {
  readonly #options: FollowerOptions;
  readonly #context: ChainContext;
  readonly #endpoints: Endpoints;
  readonly #watched: Watched;
  readonly #walk: Walk;
  readonly #pool: Pool;
  readonly #unmined: Unmined;
  readonly #stall: StallGuard;
  readonly #wake = new Wake();
  readonly #ended: Promise<void>;
  #closed = false;
  /** When the head is to be looked at again, epoch milliseconds. */
  #headDue = 0;
  #troubles = 0;

  constructor(options: FollowerOptions, context: ChainContext) {
    const { assets, timings } = options;
    const { clock, ledger, log, trail } = context;
    const now = (): number => options.steady.now();
    const signers = new Signers();
    this.#options = options;
    this.#context = context;
    this.#stall = new StallGuard(timings.stallAfterMs);
    this.#watched = new Watched({ ledger, chain: assets.chain, now, onOrders: () => this.#wake.call() });
    this.#pool = new Pool({ assets, signers, watched: this.#watched });
    this.#walk = new Walk({
      assets,
      clock,
      log,
      signers,
      trail,
      watched: this.#watched,
      youngMs: timings.stallAfterMs,
      between: (node) => this.#drain(node),
    });
    this.#unmined = new Unmined({
      ...{ assets, log, now, signers, timings, watched: this.#watched },
      secondOpinion: (hash) => this.#secondOpinion(hash),
    });
    this.#endpoints = this.#newEndpoints();
    this.#ended = this.#run();
  }

  /** Looks at the head and at an order's unmined payments now, whoever's turn it is. */
  async recheck(order: Order): Promise<void> {
    this.#unmined.hurry(order.payments.map(({ id }) => id));
    this.#lookNow();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake.call();
    await this.#endpoints.close();
    await this.#ended;
    this.#watched.close();
  }

  #newEndpoints(): Endpoints {
    const { chainId, connect, random, steady, timings, urls } = this.#options;
    return new Endpoints({
      ...{ chainId, clock: steady, connect, log: this.#context.log, random, timings, urls },
      height: () => this.#walk.height,
      onBetter: () => this.#lookNow(),
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
    if (!taken.node) {
      freshness.failed(taken.note);
      return this.#wake.sleep(taken.retryAt - steady.now());
    }
    try {
      await this.#ask(taken.node);
      this.#troubles = 0;
    } catch (error) {
      if (await this.#forgiven(error)) return;
    }
    if (!this.#closed) await this.#wake.sleep(this.#headDue - steady.now());
  }

  /** @returns true when the next turn is to come at once, with another node or the same */
  async #forgiven(error: unknown): Promise<boolean> {
    if (this.#closed) return true;
    const passing = error instanceof ChainMoved || (error instanceof RpcFailure && error.answered);
    if (!passing && !(error instanceof RpcFailure)) throw error;
    this.#troubles += 1;
    if (passing && this.#troubles < PATIENCE) {
      this.#headDue = this.#options.steady.now() + this.#options.timings.retryMinMs / 4;
      return false;
    }
    this.#troubles = 0;
    this.#headDue = 0;
    await this.#endpoints.leave(error.message);
    return true;
  }

  async #ask(node: EvmNode): Promise<void> {
    const { steady, timings } = this.#options;
    if (steady.now() >= this.#headDue) {
      this.#headDue = steady.now() + timings.pollMs;
      await node.poll();
      await this.#look(node);
    }
    await this.#drain(node);
    const { tip } = this.#walk;
    if (tip) await this.#unmined.check(node, tip);
    this.#endpoints.praise();
  }

  async #look(node: EvmNode): Promise<void> {
    const { freshness } = this.#context;
    const { head } = await this.#walk.follow(node);
    const still = this.#stall.since(node, head.hash, this.#options.steady.now());
    if (still === null) freshness.heard(head.at);
    else if (this.#endpoints.count > 1)
      throw new RpcFailure(`has shown no new block for ${Math.round(still / 1000)} s`);
  }

  async #drain(node: EvmNode): Promise<void> {
    const tip = this.#pool.empty ? undefined : this.#walk.tip;
    if (tip) await this.#pool.drain(node, tip);
  }

  async #secondOpinion(hash: string): Promise<Whereabouts | undefined> {
    const canonical = this.#walk.tip?.canonical;
    return canonical && this.#endpoints.second((node) => lookUp(node, hash, canonical));
  }
}
