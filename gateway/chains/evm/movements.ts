import { getAddress } from 'viem';
import type { Move, Movements } from '../../observations.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { transferOfCall } from './erc20.ts';
import { intended, movedBy } from './matching.ts';
import type { Money } from './matching.ts';
import type { EvmNode, EvmReceipt, EvmTransaction } from './node.ts';

export interface Shown {
  readonly transaction: EvmTransaction;
  /** Null while it is in the pool. */
  readonly receipt: EvmReceipt | null;
}

/** All that a transaction moves as far as a node shows it, whoever is paid: in the pool what it says that it means to. */
export async function movementsOf(
  node: Pick<EvmNode, 'hasCode'>,
  shown: Shown,
  list: Pick<WatchList, 'has'>,
  assets: EvmAssets,
): Promise<Movements> {
  const { receipt, transaction } = shown;
  if (receipt && !receipt.succeeded) return { moves: [], mayMoveMore: false, failed: true };
  const meant = intended(transaction, assets);
  const moved = receipt ? [...meant.filter(({ token }) => token === null), ...movedBy(receipt.logs)] : meant;
  // Those to watched addresses come first: evidence names the first few.
  const moves = moved
    .map((money) => moveOf(money, list, assets))
    .sort((a, b) => Number(b.isWatched) - Number(a.isWatched));
  const mayMoveMore = !isPlainTransfer(shown, assets) && (await runsCode(node, transaction));
  return { moves, mayMoveMore, failed: false };
}

/** What is not known to run nothing may run anything. */
async function runsCode(node: Pick<EvmNode, 'hasCode'>, { to }: EvmTransaction): Promise<boolean> {
  return to === null || (await node.hasCode(to)) !== false;
}

/** A call of `transfer` or `transferFrom` of a token that is configured, or whose log says the very same. */
function isPlainTransfer({ receipt, transaction }: Shown, assets: EvmAssets): boolean {
  const { to, value } = transaction;
  const call = to === null || value > 0n ? null : transferOfCall(transaction);
  if (!call || to === null) return false;
  if (assets.tokens.has(to)) return true;
  const moved = movedBy(receipt?.logs ?? []);
  const isSame = (money: Money): boolean => money.token === to && money.to === call.to && money.amount === call.amount;
  return moved.length === 1 && moved.every(isSame);
}

function moveOf({ amount, to, token }: Money, list: Pick<WatchList, 'has'>, { native, tokens }: EvmAssets): Move {
  const known = token === null ? native : tokens.get(token);
  return {
    to: getAddress(to),
    asset: token === null ? 'native' : `erc20:${token}`,
    symbol: known?.symbol ?? token ?? 'native',
    decimals: known?.decimals ?? null,
    amount: amount.toString(),
    isWatched: list.has(to),
  };
}
