/**
 * From transactions and logs to the payments they are. Pure.
 *
 * What a node cannot show this way: coins that a contract sends on (an internal transfer leaves neither a transaction to
 * the address nor a log), so a native payment out of a contract wallet is not seen.
 */
import { getAddress } from 'viem';
import type { Order } from '../../../contract/order.ts';
import type { BlockRef } from '../chain-watcher.ts';
import type { Mined, Sight } from '../follow/sight.ts';
import { requiredOf } from '../follow/tip.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { transferOfCall, transferOfLog } from './erc20.ts';
import type { EvmLog, EvmTransaction } from './node.ts';
import { NAMELESS } from './token-symbol.ts';

/** Money that a transaction moves, or means to. */
export interface Money {
  /** Lower case, null for the chain's coin. */
  readonly token: string | null;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
  /** How many transfers of the same token to the same address come before it in the transaction. */
  readonly nth: number;
}

/** A transaction and what of it was mined; `logs` are those of the transaction alone. */
export interface Included {
  readonly transaction: EvmTransaction;
  readonly succeeded: boolean;
  readonly logs: readonly EvmLog[];
  readonly block: BlockRef;
  readonly at: number;
}

/** True when a transaction itself says that it pays a watched address: then its receipt decides. */
export function meansToPay(transaction: EvmTransaction, list: WatchList, assets: EvmAssets): boolean {
  return intended(transaction, assets).some(({ to }) => list.has(to));
}

const NO_CLAIMS: Claims = { of: () => undefined };

/** Of tokens that are configured: what an unknown contract does with a call, only its log shows. */
export function sightsInPool(transaction: EvmTransaction, list: WatchList, assets: EvmAssets): Sight[] {
  return intended(transaction, assets).flatMap((money) =>
    sightOf(money, transaction, list, { assets, claims: NO_CLAIMS, mined: null }),
  );
}

export const REVERTED = 'The transaction was mined and reverted: nothing was paid.';

/** The symbols that tokens claim which are not configured. */
interface Claims {
  of(token: string): string | undefined;
}

/** What a mined transaction paid, and what it meant to pay and did not. */
export function sightsInChain(included: Included, list: WatchList, assets: EvmAssets, claims: Claims): Sight[] {
  const { transaction, succeeded, block, at } = included;
  const moved = succeeded ? movedBy(included.logs) : [];
  const meant = intended(transaction, assets);
  const coins = succeeded ? meant.filter(({ token }) => token === null) : [];
  const paid = [...coins, ...moved];
  const failed = succeeded ? 'The transaction was mined, but its token contract moved nothing.' : REVERTED;
  return [
    ...paid.flatMap((money) => sightOf(money, transaction, list, { assets, claims, mined: { block, at } })),
    ...meant
      .filter((money) => !paid.some((each) => keyOf(each) === keyOf(money)))
      .flatMap((money) => sightOf(money, transaction, list, { assets, claims, mined: { block, at, failed } })),
  ];
}

/** What the transaction says of itself: its value, and a transfer called directly on a token. */
export function intended(transaction: EvmTransaction, assets: EvmAssets): Money[] {
  const { from, to, value } = transaction;
  if (to === null) return [];
  const coins: Money[] = value > 0n ? [{ token: null, from, to, amount: value, nth: 0 }] : [];
  const call = assets.tokens.has(to) ? transferOfCall(transaction) : null;
  return call && call.amount > 0n ? [...coins, { token: to, ...call, nth: 0 }] : coins;
}

/** What the logs of a transaction say that tokens moved. */
export function movedBy(logs: readonly EvmLog[]): Money[] {
  const counts = new Map<string, number>();
  return [...logs]
    .sort((a, b) => a.index - b.index)
    .flatMap((log) => {
      const token = log.address.toLowerCase();
      const transfer = transferOfLog(log);
      if (!transfer || transfer.amount === 0n) return [];
      const pair = `${token} ${transfer.to}`;
      const nth = counts.get(pair) ?? 0;
      counts.set(pair, nth + 1);
      return [{ token, ...transfer, nth }];
    });
}

/** The same for a transfer read from the pool and for its log, wherever in the receipt that log stands. */
function keyOf(money: Money): string {
  return money.token === null ? 'native' : `erc20:${money.token}:${money.to}:${money.nth}`;
}

interface Telling {
  readonly assets: EvmAssets;
  readonly claims: Claims;
  readonly mined: Mined | null;
}

function sightOf(money: Money, transaction: EvmTransaction, list: WatchList, by: Telling): Sight[] {
  if (!list.has(money.to)) return [];
  const id = `${by.assets.chain}:${transaction.hash}:${keyOf(money)}`;
  const order = list.payee(money.to, id, by.mined && by.mined.at);
  if (!order && list.isProcessors(money.to)) return [];
  return [{ order: order ?? null, fact: factOf(id, money, transaction, order, by), mined: by.mined }];
}

function factOf(
  id: string,
  money: Money,
  transaction: EvmTransaction,
  order: Order | undefined,
  { assets, claims }: Telling,
): Sight['fact'] {
  const wanted = money.token === null ? 'native' : `erc20:${money.token}`;
  const option = order?.pay.find(({ chain, asset }) => chain === assets.chain && asset.toLowerCase() === wanted);
  const known = money.token === null ? assets.native : assets.tokens.get(money.token);
  const claimed = money.token === null ? undefined : claims.of(money.token);
  return {
    id,
    chain: assets.chain,
    asset: option?.asset ?? wanted,
    symbol: known?.symbol ?? claimed ?? option?.symbol ?? (money.token === null ? 'native' : NAMELESS),
    decimals: known?.decimals ?? option?.decimals ?? null,
    amount: money.amount.toString(),
    txHash: transaction.hash,
    from: getAddress(money.from),
    to: getAddress(money.to),
    required: requiredOf(assets.depth),
    witness: 'node',
    signed: { by: transaction.from, nonce: transaction.nonce },
  };
}
