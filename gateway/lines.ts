/** The running sources and chains: what the gateway listens to by itself. */
import { setTimeout as delay } from 'node:timers/promises';
import { DIRECT_SOURCE } from '../contract/order.ts';
import type { Order } from '../contract/order.ts';
import type { Asked } from '../contract/protocol.ts';
import type { ChainWatcher } from './chains/chain-watcher.ts';
import type { FreshnessBoard } from './intake/freshness-board.ts';
import type { Clock, Closeable } from './ledger.ts';
import type { Logger } from './logger.ts';
import type { MatchingDesk } from './matching/sighting.ts';
import type { ObservationBoard } from './observations.ts';
import { isRecheckable } from './recheck.ts';
import type { RunningSource, Source } from './sources/source.ts';
import { sparingLogger } from './sparing-logger.ts';
import { createBlockTrail } from './store/block-trail.ts';
import type { Storage } from './store/open-store.ts';

export interface LinesOptions {
  readonly sources: readonly Source[];
  readonly chains: readonly ChainWatcher[];
  readonly storage: Storage;
  readonly board: FreshnessBoard;
  readonly observations: ObservationBoard;
  readonly matching: MatchingDesk;
  /** How long a recheck waits for a line, milliseconds. */
  readonly recheckMs: number;
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
    // One each: what fails on one line hides nothing of another.
    const sparing = () => sparingLogger(log, clock);
    const { ledger, reader, writer } = storage;
    for (const source of sources) {
      const running = source.start?.({ ledger, clock, log: sparing(), freshness: board.reporter(source.id) });
      if (running) this.#running.set(source.id, running);
    }
    for (const chain of chains) {
      const trail = createBlockTrail(chain.id, reader, writer);
      const freshness = board.reporter(chain.id);
      this.#running.set(
        chain.id,
        chain.start({ ledger, trail, clock, log: sparing(), freshness, observations, matching }),
      );
    }
  }

  /** Asks the source and the chains of an order to look at it now, all at once; waits for none of them for ever. */
  async recheck(order: Order): Promise<Asked[]> {
    const { storage, chains, sources } = this.#options;
    const told = new Set<string>();
    const end = storage.ledger.onAppended((store, events) => {
      for (const event of events) if (store === order.store && event.order === order.id) told.add(event.source);
    });
    const kinds = new Map([...sources, ...chains].map(({ id, kind }) => [id, kind]));
    const concerned = new Set([order.source, ...[...order.pay, ...order.payments].map(({ chain }) => chain)]);
    try {
      return await Promise.all(
        [...concerned].flatMap((id) =>
          id === null || id === DIRECT_SOURCE ? [] : this.#ask(order, id, kinds.get(id), () => told.has(id)),
        ),
      );
    } finally {
      end();
    }
  }

  async #ask(order: Order, id: string, kind: string | undefined, isNews: () => boolean): Promise<Asked> {
    const running = this.#running.get(id);
    if (kind === undefined)
      return { id, kind: 'chain', outcome: 'not-asked', ms: 0, note: 'the gateway does not watch it' };
    if (!running || !isRecheckable(running)) {
      return { id, kind, outcome: 'not-asked', ms: 0, note: this.#unasked(id) };
    }
    const started = performance.now();
    const outcome = await outcomeOf(running.recheck(order), this.#options.recheckMs);
    const ms = Math.round(performance.now() - started);
    if (outcome.kind !== 'looked') {
      this.#options.log.warn({ line: id, order: order.id, note: outcome.note }, 'a recheck had no answer');
      return { id, kind, outcome: outcome.kind, ms, note: outcome.note.slice(0, 500) };
    }
    return { id, kind, outcome: isNews() ? 'news' : 'nothing-new', ms };
  }

  #unasked(id: string): string {
    const isSource = this.#options.sources.some((source) => source.id === id);
    return isSource ? 'without an API key it cannot be asked' : 'it cannot be asked';
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

type Outcome = { readonly kind: 'looked' } | { readonly kind: 'unreachable' | 'timed-out'; readonly note: string };

/** A line that hangs is told of rather than waited for; what it says later is appended all the same. */
async function outcomeOf(looked: Promise<void>, withinMs: number): Promise<Outcome> {
  const timeout = new AbortController();
  const late = delay(withinMs, undefined, { signal: timeout.signal }).then((): Outcome => ({
    kind: 'timed-out',
    note: `no answer within ${Math.round(withinMs / 1000)} s`,
  }));
  const answered = looked.then(
    (): Outcome => ({ kind: 'looked' }),
    (error: unknown): Outcome => ({
      kind: 'unreachable',
      note: error instanceof Error ? error.message : String(error),
    }),
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    late.catch(() => undefined);
    timeout.abort();
  }
}
