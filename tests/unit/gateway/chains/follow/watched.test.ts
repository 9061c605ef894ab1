import { describe, expect, test } from 'vitest';
import { evmForm } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { Watched } from '../../../../../gateway/chains/follow/watched.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, hashOf } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const MINUTE = 60_000;
const HASH = hashOf('tx', 1);

/** An order whose addresses nobody watches any more, and what is known of it. */
async function overOrder() {
  const ledger = new MemoryLedger(() => 0);
  await ledger.place('o', orderPaidBy({ address: PAYEE }));
  ledger.watchedOrders = async () => [];
  const clock = { now: 0 };
  let woken = 0;
  const onOrders = () => void (woken += 1);
  const watched = new Watched({ ledger, form: evmForm(CHAIN), now: () => clock.now, onOrders });
  const names = (chain: string | null, txHash: string) =>
    ledger.say('desk', 'o', { kind: 'transaction.named', data: { chain, txHash } });
  return { watched, clock, names, woken: () => woken };
}

describe('a transaction that is named for an order which is watched no more', () => {
  test('is looked for all the same for a day, and its addresses are not watched for that', async () => {
    const { watched, clock, names, woken } = await overOrder();
    expect((await watched.list()).named).toEqual([]);
    await names(CHAIN, HASH);
    for (clock.now of [0, 11 * MINUTE, 23 * 60 * MINUTE]) {
      const list = await watched.list();
      expect(list.named).toMatchObject([{ txHash: HASH, order: { id: 'o' } }]);
      expect([list.size, list.has(PAYEE.toLowerCase())]).toEqual([0, false]);
    }
    expect(woken()).toBeGreaterThan(0);
    await names(CHAIN, hashOf('tx', 2));
    expect((await watched.list()).named).toHaveLength(2);
    clock.now += 25 * 60 * MINUTE;
    expect((await watched.list()).named).toEqual([]);
    watched.close();
  });

  test('is found too when it is named before the list was read first', async () => {
    const { watched, names } = await overOrder();
    await names(null, HASH);
    expect((await watched.list()).named).toHaveLength(1);
    watched.close();
  });

  test('is nothing to this chain where it is said to be on another', async () => {
    const { watched, names, woken } = await overOrder();
    await watched.list();
    await names('eip155:10', HASH);
    expect([(await watched.list()).named, woken()]).toEqual([[], 0]);
    watched.close();
  });
});

test('an order that is named at once, before or while it is put on the list, is watched whole', async () => {
  const ledger = new MemoryLedger(() => 0);
  ledger.watchedOrders = async () => [];
  const watched = new Watched({ ledger, form: evmForm(CHAIN), now: () => 0, onOrders: () => undefined });
  await watched.list();
  const named = (id: string) =>
    ledger.say('desk', id, { kind: 'transaction.named', data: { chain: CHAIN, txHash: HASH } });
  await ledger.place('o', orderPaidBy({ address: PAYEE }));
  await named('o');
  expect((await watched.list()).has(PAYEE.toLowerCase())).toBe(true);
  const other = '0x00000000000000000000000000000000000000f1';
  await ledger.place('p', orderPaidBy({ address: other }));
  const read = ledger.order.bind(ledger);
  ledger.order = async (store, id) => {
    ledger.order = read;
    await named('p');
    return read(store, id);
  };
  await watched.list();
  const list = await watched.list();
  expect(list.has(other)).toBe(true);
  expect(list.named.map(({ order }) => order.id)).toEqual(['o', 'p']);
  watched.close();
});
