/** A configured chain, by its kind. */
import type { ChainConfig } from '../config/chain-config.ts';
import { createBitcoinWatcher } from './bitcoin/watcher.ts';
import type { ChainWatcher } from './chain-watcher.ts';
import { createEvmWatcher } from './evm/watcher.ts';

export interface ChainSurroundings {
  /** The chain's own coin; decimals null where nobody knows it. */
  readonly native: { readonly symbol: string; readonly decimals: number | null };
  /** The most confirmations that a store's release rule asks for on it. */
  readonly countTo: number;
}

/** @throws RangeError for what no configuration that was checked can hold */
export function createChain(config: ChainConfig, { countTo, native }: ChainSurroundings): ChainWatcher {
  const { dropAfterMinutes, pollSeconds } = config;
  const polling = {
    ...(pollSeconds !== undefined && { pollSeconds }),
    ...(dropAfterMinutes !== undefined && { timings: { dropAfterMs: dropAfterMinutes * 60_000 } }),
  };
  switch (config.kind) {
    case 'evm': {
      const { confirmations, id, rpc, tokens } = config;
      const { decimals, symbol } = native;
      const coin = decimals === null ? {} : { native: { symbol, decimals } };
      return createEvmWatcher({ id, rpc, confirmations, countTo, tokens, ...coin, ...polling });
    }
    case 'bitcoin': {
      const { confirmations, esplora, id, rpc } = config;
      return createBitcoinWatcher({ id, rpc, esplora, confirmations, countTo, ...polling });
    }
    default:
      return config satisfies never;
  }
}
