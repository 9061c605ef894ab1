import type { ChainKind } from './chain-kind.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import { replacedReport, sightReport } from './reports.ts';
import type { Tip } from './tip.ts';
import type { Unclaimed } from './unclaimed.ts';
import type { Found, Watched } from './watched.ts';

/** More than this waiting is a node faster than we are; the oldest are let go, and seen when they are mined. */
const MOST_WAITING = 2_000;

export interface PoolOptions<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly kind: ChainKind<N, B, T>;
  readonly watched: Watched;
  readonly unclaimed: Unclaimed;
}

/** Payments seen before they are mined, where a node shows its pool. */
export class Pool<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly #options: PoolOptions<N, B, T>;
  #waiting: (T | string)[] = [];

  constructor(options: PoolOptions<N, B, T>) {
    this.#options = options;
  }

  push(transaction: T | string): void {
    this.#waiting.push(transaction);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  /**
   * Tells of those that waited; what was outbid goes before what outbid it, so that the same money never counts twice.
   * @throws NodeFailure when the node is gone; those not looked at yet go with it
   */
  async drain(node: N, tip: Tip): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { kind, unclaimed, watched } = this.#options;
    const list = await watched.list();
    if (list.size === 0 && list.payments.length === 0) return;
    const { sights, replaced } = await kind.sightsInPool(node, waiting, list);
    const outbid = replaced.map(({ order, payment, by, at }): Found => ({
      store: order.store,
      report: replacedReport(order.id, tip.chain, payment.id, by, at),
    }));
    const seen = sights.flatMap(({ order, ...sight }): Found[] =>
      order ? [{ store: order.store, report: sightReport(order.id, sight, tip) }] : [],
    );
    await watched.append([...outbid, ...seen]);
    await unclaimed.tell(sights, tip);
  }
}
