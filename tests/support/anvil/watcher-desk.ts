import { createEvmWatcher } from '../../../gateway/chains/evm/watcher.ts';
import type { EvmWatcherOptions } from '../../../gateway/chains/evm/watcher.ts';
import type { BlockRef, BlockTrail, ChainContext } from '../../../gateway/chains/chain-watcher.ts';
import type { Closeable, Ledger } from '../../../gateway/ledger.ts';
import type { Logger } from '../../../gateway/logger.ts';
import type { MatchingDesk } from '../../../gateway/matching/sighting.ts';
import { ObservationBoard } from '../../../gateway/observations.ts';

/** What the watcher remembers of the chain, in memory. */
export class MemoryTrail implements BlockTrail {
  blocks: readonly BlockRef[] = [];

  async recent(): Promise<readonly BlockRef[]> {
    return this.blocks;
  }

  async replaceFrom(from: number, blocks: readonly BlockRef[]): Promise<void> {
    const kept = this.blocks.filter(({ number }) => number < from);
    this.blocks = [...kept, ...blocks].sort((a, b) => b.number - a.number).slice(0, 512);
  }
}

/** How a watcher was heard, and all it logged. */
export class Hearing {
  readonly heard: (number | null)[] = [];
  readonly failed: string[] = [];
  readonly logged: string[] = [];
  readonly observations = new ObservationBoard();
  /** Where money without an order goes; nowhere by default. */
  matching: MatchingDesk | undefined;
  readonly log: Logger;

  constructor() {
    const keep = (fields: object, message: string): void => {
      this.logged.push(`${message} ${JSON.stringify(fields)}`);
    };
    this.log = { debug: keep, info: keep, warn: keep, error: keep };
  }
}

export const CHAIN = 'eip155:31337';

/** A watcher as the gateway starts it, hurried. */
export function startWatcher(
  ledger: Ledger,
  options: Partial<EvmWatcherOptions> & Pick<EvmWatcherOptions, 'rpc'>,
  { trail = new MemoryTrail(), hearing = new Hearing() }: { trail?: BlockTrail; hearing?: Hearing } = {},
): Closeable {
  const { timings, ...rest } = options;
  const watcher = createEvmWatcher({
    id: CHAIN,
    confirmations: 3,
    native: { symbol: 'ETH', decimals: 18 },
    tokens: [],
    ...rest,
    timings: {
      pollMs: 40,
      recheckMs: 60,
      timeoutMs: 5_000,
      dropAfterMs: 60_000,
      stallAfterMs: 60_000,
      retryMinMs: 40,
      retryMaxMs: 200,
      ...timings,
    },
  });
  return watcher.start(contextFor(ledger, trail, hearing));
}

/** What a gateway gives its watchers. */
export function contextFor(ledger: Ledger, trail: BlockTrail, hearing: Hearing): ChainContext {
  return {
    ledger,
    trail,
    clock: { now: () => Date.now() },
    log: hearing.log,
    observations: hearing.observations,
    ...(hearing.matching && { matching: hearing.matching }),
    freshness: {
      heard: (at) => void hearing.heard.push(at),
      failed: (note) => void hearing.failed.push(note),
    },
  };
}
