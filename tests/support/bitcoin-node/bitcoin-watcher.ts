import { createBitcoinWatcher } from '../../../gateway/chains/bitcoin/watcher.ts';
import type { BitcoinWatcherOptions } from '../../../gateway/chains/bitcoin/watcher.ts';
import type { Closeable, Ledger } from '../../../gateway/ledger.ts';
import { Hearing, MemoryTrail, contextFor } from '../anvil/watcher-desk.ts';
import { REGTEST } from './scripted-chain.ts';

/** A Bitcoin watcher as the gateway starts it, hurried. */
export function startBitcoinWatcher(
  ledger: Ledger,
  options: Partial<BitcoinWatcherOptions>,
  { trail = new MemoryTrail(), hearing = new Hearing() }: { trail?: MemoryTrail; hearing?: Hearing } = {},
): Closeable {
  const { timings, ...rest } = options;
  const watcher = createBitcoinWatcher({
    ...{ id: REGTEST, confirmations: 3, rpc: [], esplora: [], ...rest },
    timings: {
      ...{ pollMs: 40, recheckMs: 60, timeoutMs: 5_000, dropAfterMs: 60_000, retryMinMs: 40, retryMaxMs: 200 },
      ...timings,
    },
  });
  return watcher.start(contextFor(ledger, trail, hearing));
}
