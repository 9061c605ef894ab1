/** Unmatched money on a real desk at a real gateway: the same list on both sides, whatever happens in between. */
import { afterEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { CommandOutcome } from '../../../contract/ipc.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { writeBackup } from '../../../gateway/store/backup.ts';
import { restoreBackup } from '../../../gateway/store/restore.ts';
import { snapshotUnmatchedIds, unmatchedByIds } from '../../../gateway/store/unmatched-payments.ts';
import { CHAIN, coins, inBlock, pretendChain, wallets } from '../gateway/pretend-chain.ts';
import type { PretendChain } from '../gateway/pretend-chain.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { testOrder } from '../gateway/test-source.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.stop();
});

interface Both {
  readonly gateway: TestGateway;
  readonly desk: DeskUnderTest;
  readonly chain: PretendChain;
}

async function paired(): Promise<Both> {
  const chain = pretendChain();
  const gateway = await startGateway({ chains: [chain.watcher], wallets });
  opened.push(gateway);
  const desk = await startDesk();
  opened.push(desk);
  await desk.pair(gateway.url, await gateway.pairingCode('support'));
  await desk.live();
  return { gateway, desk, chain };
}

async function projection({ storage }: TestGateway['gateway']): Promise<UnmatchedPayment[]> {
  const ids = await snapshotUnmatchedIds(storage.reader, 'main', 0);
  return sorted(await unmatchedByIds(storage.reader, 'main', ids));
}

function sorted(payments: Iterable<UnmatchedPayment>): UnmatchedPayment[] {
  return [...payments].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const shown = ({ screen }: DeskUnderTest): UnmatchedPayment[] => sorted(screen.unmatched.get('main')?.values() ?? []);

/** Waits until the desk shows all the gateway has, and checks that both have the same. */
async function same({ gateway, desk }: Both): Promise<UnmatchedPayment[]> {
  const head = gateway.gateway.storage.log.head('main').seq;
  await desk.screen.until(`event ${head}`, () => (desk.screen.state.stores[0]?.seq ?? 0) >= head);
  const newest = await projection(gateway.gateway);
  const asNew = (payment: UnmatchedPayment) =>
    (desk.screen.unmatched.get('main')?.get(payment.id)?.updatedSeq ?? -1) >= payment.updatedSeq;
  await desk.screen.until('the newest of every payment', () => newest.every(asNew));
  expect(shown(desk)).toEqual(newest);
  return newest;
}

const command = (desk: DeskUnderTest, order: string | null, name: string, args: object): Promise<CommandOutcome> =>
  desk.desk.handle('command.send', { store: 'main', order, name, args: { ...args } });

const ids = ['a', 'b', 'c', 'd'];
const step = fc.record({
  what: fc.constantFrom('pool', 'block', 'deep', 'gone', 'attach', 'dismiss', 'restart desk', 'restart gateway'),
  id: fc.constantFrom(...ids),
  n: fc.nat(3),
});

async function play(both: Both, { what, id, n }: typeof step extends fc.Arbitrary<infer S> ? S : never): Promise<void> {
  const { gateway, desk, chain } = both;
  const money = coins(id, '77', 1_000);
  switch (what) {
    case 'pool':
      return chain.desk.seen(money);
    case 'block':
      return chain.desk.seen(inBlock(money, 10 + n, 1));
    case 'deep':
      return chain.desk.seen(inBlock(money, 10 + n, 2));
    case 'gone':
      return chain.desk.gone(CHAIN, id, 'gone');
    case 'attach':
      await command(desk, testOrder(`o${n}`), 'attach-payment', { paymentId: id });
      return;
    case 'dismiss':
      await command(desk, null, 'dismiss-payment', { paymentId: id, reason: 'dust' });
      return;
    case 'restart desk':
      await desk.restart();
      return desk.live();
    case 'restart gateway':
      await gateway.restart();
      return desk.live();
  }
}

describe('unmatched money', () => {
  test('reaches the screen as it happens, and a person’s decision too', async () => {
    const both = await paired();
    const { gateway, desk, chain } = both;
    await gateway.deliver({ id: 'd1', ref: 'o1' });
    await chain.desk.seen(coins('a', '1000', gateway.clock.at));
    await desk.screen.until('the payment', () => shown(desk)[0]?.state === 'open');
    expect(await command(desk, testOrder('o1'), 'attach-payment', { paymentId: 'a' })).toMatchObject({ state: 'done' });
    await desk.screen.until('the decision', () => shown(desk)[0]?.state === 'attached');
    await desk.screen.until('the order', () => desk.screen.order(testOrder('o1'))?.payments.length === 1);
    await same(both);
  });

  test('[DL10, MA3] whatever happens, the desk’s list is the gateway’s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
        const both = await paired();
        for (let n = 0; n < 4; n += 1) await both.gateway.deliver({ id: `d${n}`, ref: `o${n}` });
        for (const each of steps) {
          await play(both, each);
          await same(both);
        }
        for (const each of opened.splice(0).reverse()) await each.stop();
      }),
      { numRuns: 12, seed: 20_261_121, endOnFailure: true },
    );
  });

  test('[DL4] a desk that comes later, or after a restored backup, has the same list by its picture', async () => {
    const both = await paired();
    const { gateway, chain } = both;
    const backup = `${gateway.dataDir}.backup`;
    await chain.desk.seen(coins('a', '5', 1_000));
    await chain.desk.seen(coins('b', '5', 1_000));
    await command(both.desk, null, 'dismiss-payment', { paymentId: 'b', reason: 'ours' });
    expect(await same(both)).toMatchObject([{ state: 'open' }, { state: 'dismissed' }]);
    const later = await startDesk();
    opened.push(later);
    await later.pair(gateway.url, await gateway.pairingCode('staff'));
    await later.live();
    expect(await same({ ...both, desk: later })).toHaveLength(2);
    await writeBackup(gateway.dataDir, backup);
    await chain.desk.seen(coins('c', '5', 1_000));
    expect(await same(both)).toHaveLength(3);
    await restoreBackup(gateway.dataDir, backup);
    await both.desk.screen.until('a new picture', () => shown(both.desk).length === 2);
    await both.desk.live();
    expect(await same(both)).toHaveLength(2);
  });

  test('[DL9] what was known is shown after a restart without a gateway', async () => {
    const both = await paired();
    await both.chain.desk.seen(coins('a', '5', 1_000));
    const held = await same(both);
    await both.desk.restart(() => both.gateway.gateway.close());
    await both.desk.screen.until('what the journal holds', () => shown(both.desk).length === 1);
    expect(shown(both.desk)).toEqual(held);
  });
});

describe('[MA5] finding', () => {
  test('asks the gateway, and answers from the journal while it is away', async () => {
    const both = await paired();
    const { gateway, desk, chain } = both;
    const fact = { customer: { name: 'Ada King', email: 'ada@example.org' } };
    await gateway.deliver({ id: 'd1', ref: 'o1', fact });
    await chain.desk.seen(coins('abcdef12', '5', gateway.clock.at));
    await same(both);
    await desk.screen.until('the order', () => desk.screen.order(testOrder('o1')) !== undefined);
    const find = (q: string, more: object = {}) => desk.desk.handle('orders.find', { q, ...more });
    expect(await find('$19.99')).toMatchObject({
      orders: [{ reference: 'R-o1' }],
      matches: [{ order: testOrder('o1'), field: 'amount', value: '19.99 USD' }],
      ...{ unmatched: [], from: 'gateway', more: false },
    });
    expect(await find('ADA@')).toMatchObject({ orders: [{ reference: 'R-o1' }], from: 'gateway' });
    expect(await find('0xabcdef12', { store: 'main' })).toMatchObject({ orders: [], unmatched: [{ id: 'abcdef12' }] });
    expect(await find(' ')).toMatchObject({ orders: [], unmatched: [], matches: [] });
    await expect(find('x', { store: 'other' })).rejects.toMatchObject({ code: 'unknown-store' });
    await gateway.gateway.close();
    await desk.screen.until('that it is away', () => !desk.screen.state.current);
    expect(await find('r-o1')).toMatchObject({ orders: [{ reference: 'R-o1' }], from: 'journal' });
    expect(await find('0xABCDEF12')).toMatchObject({ unmatched: [{ id: 'abcdef12' }], from: 'journal' });
  });
});
