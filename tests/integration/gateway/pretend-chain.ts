/** A chain whose sightings the test makes: it hands the gateway's matching desk to the test and watches nothing. */
import type { ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import type { MatchingDesk, Sighting } from '../../../gateway/matching/sighting.ts';

export const CHAIN = 'eip155:1';
export const WALLET = '0xWallet';
export const wallets = new Map([[CHAIN, [{ address: WALLET, store: 'main' }]]]);

export interface PretendChain {
  readonly watcher: ChainWatcher;
  /** The gateway's, of its last start. */
  readonly desk: MatchingDesk;
}

export function pretendChain(): PretendChain {
  const held: { desk: MatchingDesk | null } = { desk: null };
  return {
    get desk() {
      if (!held.desk) throw new Error('the gateway gave its chain no matching desk');
      return held.desk;
    },
    watcher: {
      ...{ id: CHAIN, kind: 'test', expectedIntervalMs: 60_000 },
      start: ({ matching }) => {
        held.desk = matching ?? null;
        return { close: async () => undefined };
      },
    },
  };
}

/** Coins in the pool, paid to the wallet where nothing else is said. */
export function coins(id: string, amount: string, seenAt: number, more: Partial<Sighting['payment']> = {}): Sighting {
  const asset = { chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18 };
  const parties = { from: '0xPayer', to: WALLET };
  return {
    payment: { id, ...asset, amount, txHash: `0x${id}`, ...parties, required: 2, witness: 'node', ...more },
    ...{ seenAt, confirmations: 0 },
  };
}

export function inBlock(sighting: Sighting, number: number, confirmations: number): Sighting {
  return { ...sighting, block: { number, hash: `0xblock${number}` }, confirmations };
}
