import { describe, expect, test } from 'vitest';
import { encodeFunctionData, erc20Abi } from 'viem';
import type { Order } from '../../../../../contract/order.ts';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { meansToPay, sightsInChain, sightsInPool } from '../../../../../gateway/chains/evm/matching.ts';
import type { EvmLog, EvmTransaction } from '../../../../../gateway/chains/evm/node.ts';
import { evmForm } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, STRANGER, TOKEN, coins, hashOf, transferLog } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const NOW = 1_700_000_000_000;
const claims = new Map([[STRANGER, 'FAKE']]);
const symbols = { of: (token: string) => claims.get(token) };
const block = { number: 7, hash: hashOf('block', 7) };
const assets = evmAssets({
  id: CHAIN,
  native: { symbol: 'ETH', decimals: 18 },
  tokens: [{ symbol: 'USDC', address: TOKEN.toUpperCase().replace('0X', '0x'), decimals: 6 }],
  confirmations: 3,
});

async function listOf(...orders: readonly { id: string; createdAt?: number; source?: string; address?: string }[]) {
  const ledger = new MemoryLedger();
  for (const { id, createdAt = NOW, source = 'direct', address = PAYEE } of orders) {
    await ledger.place(id, orderPaidBy({ address }, { createdAt }), source);
  }
  return new OrderWatchList(evmForm(CHAIN), await ledger.watchedOrders(CHAIN));
}

function mined(transaction: EvmTransaction, logs: readonly EvmLog[] = [], succeeded = true, at = NOW) {
  return { transaction, succeeded, logs, block, at };
}

function tokenCall(to = PAYEE): EvmTransaction {
  const args = [to as `0x${string}`, 1000n] as const;
  return coins(1, {
    to: TOKEN,
    value: 0n,
    input: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args }),
  });
}

describe('from transactions to payments', () => {
  test('coins in the pool and in a block are the same payment', async () => {
    const list = await listOf({ id: 'o' });
    const [pool] = sightsInPool(coins(1), list, assets);
    const [chain] = sightsInChain(mined(coins(1)), list, assets, symbols);
    expect(pool).toMatchObject({ order: { id: 'o', store: 'main' }, mined: null });
    expect(pool?.fact).toMatchObject({
      ...{ id: `${CHAIN}:${hashOf('tx', 1)}:native`, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000' },
      ...{ required: 3, witness: 'node', signed: { nonce: 1 } },
    });
    expect(chain).toMatchObject({ fact: pool?.fact, mined: { block, at: NOW } });
  });

  test('a token transfer in the pool and its log, wherever it stands, are the same payment', async () => {
    const list = await listOf({ id: 'o' });
    const call = tokenCall();
    const [pool] = sightsInPool(call, list, assets);
    const logs = [
      transferLog(call.hash, { to: STRANGER, index: 4 }),
      transferLog(call.hash, { index: 9 }),
      transferLog(call.hash, { address: STRANGER, to: STRANGER, index: 2 }),
    ];
    const chain = sightsInChain(mined(call, logs), list, assets, symbols);
    expect(chain.map(({ fact, mined }) => [fact.id, mined?.failed])).toEqual([[pool?.fact.id, undefined]]);
    expect(pool?.fact.asset).toBe(`erc20:${TOKEN}`);
  });

  test('a transaction that pays twice is two payments, each with an identity that its order does not change', async () => {
    const list = await listOf({ id: 'o' });
    const call = coins(1, { to: STRANGER, value: 0n });
    const logs = [transferLog(call.hash, { value: 7n, index: 5 }), transferLog(call.hash, { value: 5n, index: 3 })];
    const paid = sightsInChain(mined(call, logs), list, assets, symbols).map(({ fact }) => [
      fact.id.slice(-2),
      fact.amount,
    ]);
    expect(paid).toEqual([
      [':0', '5'],
      [':1', '7'],
    ]);
  });

  test.each([
    ['reverted coins', coins(1), false, /reverted/],
    ['a reverted token transfer', tokenCall(), false, /reverted/],
    ['a token transfer without a log', tokenCall(), true, /moved nothing/],
  ])('%s paid nothing, and says so', async (_, transaction, succeeded, reason) => {
    const [sight] = sightsInChain(mined(transaction, [], succeeded), await listOf({ id: 'o' }), assets, symbols);
    expect(sight?.mined?.failed).toMatch(reason);
  });

  test.each([
    ['coins to somebody else', coins(1, { to: STRANGER }), []],
    ['no coins', coins(1, { value: 0n }), []],
    ['the creation of a contract', coins(1, { to: null }), []],
    ['a token moved to somebody else', tokenCall(STRANGER), [transferLog('', { to: STRANGER })]],
    ['no tokens', coins(1, { to: STRANGER, value: 0n }), [transferLog('', { value: 0n })]],
  ])('%s is not money for an order', async (_, transaction, logs) => {
    const list = await listOf({ id: 'o' });
    expect(sightsInChain(mined(transaction, logs), list, assets, symbols)).toEqual([]);
    expect(sightsInPool(transaction, list, assets)).toEqual([]);
    expect(meansToPay(transaction, list, assets)).toBe(false);
  });

  test("money to a processor's address is its order's, where no other order has the address", async () => {
    const one = await listOf({ id: 'o', source: 'cdc' });
    expect(sightsInPool(coins(1), one, assets)).toMatchObject([{ order: { id: 'o' } }]);
    const two = await listOf({ id: 'o', source: 'cdc' }, { id: 'p', source: 'cdc' });
    expect(sightsInPool(coins(1), two, assets)).toEqual([]);
    const beside = await listOf({ id: 'o', source: 'cdc' }, { id: 'p' });
    expect(sightsInPool(coins(1), beside, assets)).toMatchObject([{ order: { id: 'p' } }]);
  });

  test("money that is older than a processor's order, or on another chain, is nobody's here", async () => {
    const list = await listOf({ id: 'o', source: 'cdc', createdAt: NOW });
    const long = NOW - 48 * 3_600_000;
    expect(sightsInChain(mined(coins(1), [], true, long), list, assets, symbols)).toEqual([]);
    const elsewhere = new OrderWatchList(evmForm('eip155:10'), [list.orders.get('o')!]);
    expect(sightsInPool(coins(1), elsewhere, { ...assets, chain: 'eip155:10' })).toEqual([]);
  });

  test('an address used again belongs to the newest order that existed, and a known payment to the one that has it', async () => {
    const hour = 3_600_000;
    const list = await listOf({ id: 'old', createdAt: NOW - 48 * hour }, { id: 'new', createdAt: NOW });
    const payee = (at: number) =>
      sightsInChain(mined(coins(1), [], true, at), list, assets, symbols).map(({ order }) => order?.id ?? null);
    expect(payee(NOW + hour)).toEqual(['new']);
    expect(payee(NOW - hour)).toEqual(['old']);
    expect(payee(NOW - 100 * hour)).toEqual([null]);
    const id = `${CHAIN}:${hashOf('tx', 1)}:native`;
    const [known] = sightsInPool(coins(1), list, assets);
    const holder = { ...list.orders.get('old')!, payments: [{ ...known!.fact, id }] } as Order;
    const holding = new OrderWatchList(evmForm(CHAIN), [holder, list.orders.get('new')!]);
    expect(sightsInPool(coins(1), holding, assets).map(({ order }) => order?.id)).toEqual(['old']);
  });

  test('a token nobody configured is shown as what it claims to be, with an amount that nobody can read', async () => {
    const list = await listOf({ id: 'o' });
    const call = coins(1, { to: STRANGER, value: 0n });
    const [sight, ...more] = sightsInChain(
      mined(call, [transferLog(call.hash, { address: STRANGER })]),
      list,
      assets,
      symbols,
    );
    expect(more).toEqual([]);
    expect(sight).toMatchObject({
      order: { id: 'o' },
      fact: { asset: `erc20:${STRANGER}`, symbol: 'FAKE', decimals: null, amount: '1000' },
    });
    expect(sightsInPool(call, list, assets)).toEqual([]);
  });

  test('money on another EVM chain than was asked for is the order’s, unless one asked for it there', async () => {
    const other = evmForm('eip155:10');
    const elsewhere = { ...(await listOf({ id: 'o' })).orders.get('o')! };
    const list = new OrderWatchList(other, [elsewhere]);
    const onTen = { ...assets, chain: 'eip155:10' };
    expect(sightsInPool(coins(1), list, onTen)).toMatchObject([{ order: { id: 'o' }, fact: { chain: 'eip155:10' } }]);
    const pay = elsewhere.pay.map((option) => ({ ...option, chain: 'eip155:10' }));
    list.put({ ...elsewhere, id: 'p', createdAt: 0, pay });
    expect(sightsInPool(coins(1), list, onTen).map(({ order }) => order?.id)).toEqual(['p']);
    list.remove('p');
    expect(sightsInPool(coins(1), list, onTen).map(({ order }) => order?.id)).toEqual(['o']);
  });
});
