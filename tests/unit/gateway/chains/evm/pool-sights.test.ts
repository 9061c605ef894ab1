import { describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { EvmKind } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PAYER, PretendNode, coins } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const START = 1_700_000_000_000;
const [first, faster] = [coins(1, { nonce: 7 }), coins(2, { nonce: 7 })];

/** What the pool says once the first payment is known and the faster one comes. */
async function afterSpeedUp(pool: readonly (typeof first)[], came = [faster], isKnown = true) {
  const ledger = new MemoryLedger(() => START);
  await ledger.place('o', orderPaidBy({ address: PAYEE }, { createdAt: START }));
  const payment = {
    ...{
      id: `${CHAIN}:${first.hash}:native`,
      chain: CHAIN,
      asset: 'native',
      symbol: 'ETH',
      decimals: 18,
      amount: '1000',
    },
    ...{ txHash: first.hash, required: 3, witness: 'node' as const, signed: { by: PAYER, nonce: 7 } },
  };
  if (isKnown) await ledger.say(CHAIN, 'o', { kind: 'payment.detected', data: { payment } });
  const node = new PretendNode(START);
  for (const each of pool) node.pool.set(each.hash, each);
  const kind = new EvmKind({
    assets: evmAssets({ id: CHAIN, tokens: [], confirmations: 3 }),
    chainId: 31337,
    now: () => 0,
  });
  const list = new OrderWatchList(kind.form, await ledger.watchedOrders(CHAIN));
  const { replaced, sights } = await kind.sightsInPool(node, came, list);
  return { replaced: replaced.map(({ by }) => by), seen: sights.map(({ fact }) => fact.txHash) };
}

describe('two transactions with one nonce in a pool', () => {
  test('the newer one takes the place of one that the pool no longer shows', async () => {
    expect(await afterSpeedUp([faster])).toEqual({ replaced: [faster.hash], seen: [faster.hash] });
  });

  test('while it shows both, as several pools behind a balancer may, the money counts once', async () => {
    expect(await afterSpeedUp([first, faster])).toEqual({ replaced: [], seen: [] });
  });

  test('that come at once are one payment: the one that is left, or the first of both', async () => {
    const both = [first, faster, first];
    expect((await afterSpeedUp([faster], both, false)).seen).toEqual([faster.hash]);
    expect((await afterSpeedUp([first, faster], both, false)).seen).toEqual([first.hash, first.hash]);
  });

  test('a payment that is cancelled as it comes is none', async () => {
    const cancelled = coins(3, { nonce: 7, to: PAYER });
    expect((await afterSpeedUp([cancelled], [first, cancelled], false)).seen).toEqual([]);
  });
});
