import type { EvmAssets } from './assets.ts';
import { inBatches } from './in-batches.ts';
import { sightsInPool } from './matching.ts';
import type { EvmNode, EvmTransaction } from './node.ts';
import { sightReport } from './reports.ts';
import type { Tip } from './reports.ts';
import { RpcFailure } from './rpc.ts';
import type { Signers } from './signers.ts';
import type { Watched } from './watched.ts';

/** More than this waiting is a node faster than we are; the oldest are let go, and seen when they are mined. */
const MOST_WAITING = 2_000;
const AT_ONCE = 8;

export interface PoolOptions {
  readonly assets: EvmAssets;
  readonly watched: Watched;
  readonly signers: Signers;
}

/** Payments seen before they are mined, where a node shows its pool. */
export class Pool {
  readonly #options: PoolOptions;
  #waiting: (EvmTransaction | string)[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  push(transaction: EvmTransaction | string): void {
    this.#waiting.push(transaction);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Tells of those that waited. @throws RpcFailure when the node is gone; those not looked at yet go with it */
  async drain(node: EvmNode, tip: Tip): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { assets, signers, watched } = this.#options;
    const list = await watched.list();
    if (list.addresses.size === 0) return;
    const sights = await inBatches(waiting, AT_ONCE, async (each) => {
      const transaction = typeof each === 'string' ? await transactionOrNone(node, each) : each;
      const found = transaction ? sightsInPool(transaction, list, assets) : [];
      // Some nodes name a block for what is still in the pool, others show the newest block in its place.
      if (!transaction || found.length === 0 || (transaction.block && !(await isPending(node, transaction)))) return [];
      signers.learn(transaction);
      return found;
    });
    await watched.append(sights.flat().map((sight) => ({ store: sight.store, report: sightReport(sight, tip) })));
  }
}

async function isPending(node: EvmNode, { hash }: EvmTransaction): Promise<boolean> {
  const transaction = await transactionOrNone(node, hash);
  return transaction !== null && transaction.block === null;
}

/** An error in place of a transaction says nothing of it; its block will. */
async function transactionOrNone(node: EvmNode, hash: string): Promise<EvmTransaction | null> {
  try {
    return await node.transaction(hash);
  } catch (error) {
    if (error instanceof RpcFailure && error.answered) return null;
    throw error;
  }
}
