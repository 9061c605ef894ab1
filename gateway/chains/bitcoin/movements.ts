import type { Movements } from '../../observations.ts';
import type { WatchList } from '../follow/watch-list.ts';
import { addressOfScript } from './address.ts';
import type { BitcoinNetwork } from './network.ts';
import type { BitcoinTransaction } from './node.ts';

/** All that a transaction pays, whoever is paid; which of it is change that stays with the sender nobody can say. Pure. */
export function movementsOf(
  { outputs }: BitcoinTransaction,
  list: Pick<WatchList, 'has'>,
  network: BitcoinNetwork,
): Movements {
  const moves = outputs
    .filter(({ value }) => value > 0n)
    .map(({ script, value }) => ({
      ...{ asset: 'native', symbol: 'BTC', decimals: 8, amount: value.toString(), isWatched: list.has(script) },
      to: addressOfScript(script, network) ?? `script:${script.slice(0, 80)}`,
    }))
    // Those to watched addresses come first: evidence names the first few.
    .sort((a, b) => Number(b.isWatched) - Number(a.isWatched));
  return { moves, mayMoveMore: false, failed: false };
}
