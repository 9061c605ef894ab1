/** The running sources and chains: what the gateway listens to by itself. */
import type { Order } from '../contract/order.ts';
import type { ChainWatcher } from './chains/chain-watcher.ts';
import type { FreshnessBoard } from './intake/freshness-board.ts';
import type { Clock, Closeable } from './ledger.ts';
import type { Logger } from './logger.ts';
import type { MatchingDesk } from './matching/sighting.ts';
import type { ObservationBoard } from './observations.ts';
import { isRecheckable } from './recheck.ts';
import type { RunningSource, Source } from './sources/source.ts';
import { createBlockTrail } from './store/block-trail.ts';
import type { Storage } from './store/open-store.ts';

export interface LinesOptions {
  readonly sources: readonly Source[];
  readonly chains: readonly ChainWatcher[];
  readonly storage: Storage;
  readonly board: FreshnessBoard;
  readonly observations: ObservationBoard;
  readonly matching: MatchingDesk;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Lines implements Closeable {
  readonly #options: LinesOptions;
  readonly #running = new Map<string, Closeable | RunningSource>();

  constructor(options: LinesOptions) {
    this.#options = options;
  }

  start(): void {
    const { sources, chains, storage, board, observations, matching, clock, log } = this.#options;
    const { ledger, reader, writer } = storage;
    for (const source of sources) {
      const running = source.start?.({ ledger, clock, log, freshness: board.reporter(source.id) });
      if (running) this.#running.set(source.id, running);
    }
    for (const chain of chains) {
      const trail = createBlockTrail(chain.id, reader, writer);
      const freshness = board.reporter(chain.id);
      this.#running.set(chain.id, chain.start({ ledger, trail, clock, log, freshness, observations, matching }));
    }
  }

  /** Asks the source and the chains of an order to look at it now. @returns the ids of those that were asked */
  recheck(order: Order): string[] {
    const concerned = new Set([order.source, ...[...order.pay, ...order.payments].map(({ chain }) => chain)]);
    return [...this.#running].flatMap(([id, running]) => {
      if (!concerned.has(id) || !isRecheckable(running)) return [];
      running.recheck(order).catch((error: unknown) => {
        this.#options.log.warn({ line: id, order: order.id, error: String(error) }, 'a recheck failed');
      });
      return [id];
    });
  }

  /** Tells a running source that a delivery about some of its objects was taken. */
  hint(source: string, refs: readonly string[]): void {
    const running = this.#running.get(source);
    if (running && 'hint' in running) for (const ref of refs) running.hint?.(ref);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map((running) => running.close()));
    this.#running.clear();
  }
}
