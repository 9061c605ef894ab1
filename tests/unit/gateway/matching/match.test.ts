import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { candidatesFor, matchOf } from '../../../../gateway/matching/match.ts';
import { chain, eth, minute, moneyOf, orderFor, paidWith, usdc, usdt } from './money.ts';

const reasons = (order: Order, ...sighting: Parameters<typeof moneyOf>): string[] =>
  (candidatesFor(moneyOf(...sighting), [order])[0]?.reasons ?? []).map(({ code }) => code);

describe('whose money it is', () => {
  test('[MA1] money to the address one watched order owns is its own, whatever and whenever it is', () => {
    const order = orderFor('a', { status: 'paid' });
    for (const money of [
      moneyOf({ to: '0xORDER-A' }),
      moneyOf({ ...eth, amount: '1', to: '0xorder-a' }, 75 + 23 * 60),
    ]) {
      expect(matchOf(money, [order, orderFor('b')], false)).toEqual({ kind: 'order', order: 'a' });
    }
  });

  test('an address whose watch is over, or that a processor asked for, decides nothing', () => {
    const late = moneyOf({ to: '0xorder-a' }, 75 + 25 * 60);
    expect(matchOf(late, [orderFor('a')], false)).toMatchObject({ kind: 'unmatched', candidates: [{ order: 'a' }] });
    const processor = orderFor('a', { source: 'cdc' });
    expect(matchOf(moneyOf({ to: '0xorder-a' }), [processor], false).kind).toBe('unmatched');
    const otherChain = orderFor('a', { pay: [{ ...usdc, chain: 'eip155:10', address: '0xorder-a', amount: '1' }] });
    expect(matchOf(moneyOf({ to: '0xorder-a' }), [otherChain], false).kind).toBe('unmatched');
  });

  test('[MA2] in a wallet, the one order that asked for just this, in time, has it', () => {
    expect(matchOf(moneyOf(), [orderFor('a')], true)).toEqual({ kind: 'order', order: 'a' });
    expect(matchOf(moneyOf(), [orderFor('a')], false).kind).toBe('unmatched');
  });

  test.each<[string, Order[], Parameters<typeof moneyOf>]>([
    ['two orders ask for it', [orderFor('a'), orderFor('b')], []],
    [
      'another asked for it and is over',
      [orderFor('a'), orderFor('b', { status: 'expired', createdAt: minute(-60) })],
      [],
    ],
    ['it is late', [orderFor('a')], [{}, 16]],
    ['it is older than the order', [orderFor('a')], [{}, -1]],
    ['the order has money', [orderFor('a', { payments: [paidWith('p0', '1')] })], []],
    ['the order is paid', [orderFor('a', { status: 'paid' })], []],
    ['it is a test order', [orderFor('a', { live: false })], []],
    ['a processor takes the order’s money', [orderFor('a', { source: 'cdc' })], []],
    ['it is less', [orderFor('a')], [{ amount: '53999999' }]],
    ['it is more', [orderFor('a')], [{ amount: '54000001' }]],
    ['it is another token', [orderFor('a')], [usdt]],
    ['it is a contract that only calls itself so', [orderFor('a')], [{ asset: 'erc20:0xfa' }]],
    ['the memo names another order', [orderFor('a'), orderFor('b', { pay: [] })], [{ memo: 'a-b' }]],
    [
      'a customer named it for another order',
      [orderFor('a'), orderFor('b', { pay: [], namedTransactions: [{ chain, txHash: '0xT1', at: 1 }] })],
      [],
    ],
    [
      'it is just what another order still waits for',
      [
        orderFor('a'),
        orderFor('b', { pay: [{ ...usdc, address: null, amount: '60000000' }], payments: [paidWith('x', '6000000')] }),
      ],
      [],
    ],
  ])('[MA2] in a wallet, it stays unmatched where %s', (_why, orders, sighting) => {
    expect(matchOf(moneyOf(...sighting), orders, true).kind).toBe('unmatched');
  });

  test('money that fits no order has no candidates', () => {
    const money = moneyOf({ amount: '7' }, 9_000);
    expect(matchOf(money, [orderFor('a')], true)).toEqual({ kind: 'unmatched', candidates: [] });
  });
});

describe('[MA3] why an order may be meant', () => {
  test.each<[string, string[], Partial<Order>, Parameters<typeof moneyOf>]>([
    ['the whole, in time', ['same-amount', 'in-time'], {}, []],
    ['late', ['same-amount', 'after-expiry'], {}, [{}, 17]],
    ['after its grace', ['same-amount', 'after-grace'], {}, [{}, 100]],
    ['a little early, by another clock', ['same-amount', 'before-order'], {}, [{}, -5]],
    [
      'within tolerance',
      ['nearly-same-amount', 'in-time'],
      { pay: [{ ...usdc, address: null, amount: '54000000', minimum: '53000000' }] },
      [{ amount: '53500000' }],
    ],
    [
      'the rest of a partial payment',
      ['missing-amount', 'same-sender', 'in-time'],
      { payments: [paidWith('x', '50000000')].map((each) => ({ ...each, from: '0xpayer' })) },
      [{ amount: '4000000' }].map((each) => ({ ...each, from: '0xPAYER' })) as [object],
    ],
    [
      'on another chain',
      ['other-chain', 'in-time'],
      { pay: [{ ...usdc, chain: 'eip155:10', asset: 'erc20:0xc0', address: null, amount: '54000000' }] },
      [],
    ],
    ['in another token', ['in-time', 'other-asset'], {}, [usdt]],
    ['a second time', ['same-amount', 'in-time', 'paid-already'], { status: 'paid' }, []],
    ['by memo', ['memo', 'in-time', 'part-of-amount'], {}, [{ amount: '1000000', memo: 'a-A' }]],
    [
      'by the hash a customer named',
      ['hash-named', 'same-amount', 'in-time'],
      { namedTransactions: [{ chain, txHash: 't1', at: 1 }] },
      [],
    ],
  ])('%s', (_what, codes, more, sighting) => {
    expect(reasons(orderFor('A', more), ...sighting).sort()).toEqual([...codes].sort());
  });

  test('says it in words', () => {
    const [candidate] = candidatesFor(moneyOf({}, 17), [orderFor('a')]);
    expect(candidate).toEqual({
      ...{ order: 'a', reference: 'A-a', score: 47 },
      reasons: [
        { code: 'same-amount', text: 'same amount' },
        { code: 'after-expiry', text: '2 min after expiry', facts: { byMs: '120000' } },
      ],
    });
  });

  test('a fake token is called one, and never brings an order up by itself', () => {
    expect(candidatesFor(moneyOf({ asset: 'erc20:0xfa' }), [orderFor('a')])).toEqual([]);
    const named = orderFor('a', { namedTransactions: [{ chain, txHash: '0xt1', at: 1 }] });
    expect(candidatesFor(moneyOf({ asset: 'erc20:0xfa' }), [named])[0]?.reasons.map(({ code }) => code)).toContain(
      'fake-token',
    );
  });

  test('neither time nor a part of the amount brings an order up by itself', () => {
    expect(candidatesFor(moneyOf({ amount: '10000000' }), [orderFor('a')])).toEqual([]);
  });

  test('money that is older than an order is a candidate only where somebody says so', () => {
    expect(candidatesFor(moneyOf({}, -60), [orderFor('a')])).toEqual([]);
    const named = orderFor('a', { namedTransactions: [{ chain, txHash: '0xt1', at: 1 }] });
    expect(candidatesFor(moneyOf({}, -60), [named])).toHaveLength(1);
  });

  test('the five likeliest, the same whatever order they come in', () => {
    const orders = Array.from({ length: 9 }, (_, n) =>
      orderFor(`o${n}`, { createdAt: minute(-n), expiresAt: minute(15 - n * 3) }),
    );
    const best = candidatesFor(moneyOf(), orders).map(({ order }) => order);
    expect(best).toEqual(['o0', 'o1', 'o2', 'o3', 'o4']);
    fc.assert(
      fc.property(fc.shuffledSubarray(orders, { minLength: 9 }), (shuffled) => {
        expect(candidatesFor(moneyOf(), shuffled).map(({ order }) => order)).toEqual(best);
      }),
    );
  });

  test('every candidate has its reasons, and a score from 0 to 100', () => {
    const money = fc.record({
      amount: fc.constantFrom('54000000', '1', '108000000'),
      at: fc.integer({ min: -20, max: 2_000 }),
    });
    const held = fc.constantFrom<Partial<Order>>(
      {},
      { status: 'refunded' },
      { status: 'cancelled' },
      { payments: [paidWith('x', '5')] },
    );
    fc.assert(
      fc.property(money, fc.array(held, { maxLength: 12 }), fc.boolean(), ({ amount, at }, all, memo) => {
        const orders = all.map((more, n) => orderFor(`o${n}`, more));
        const found = candidatesFor(moneyOf({ amount, ...(memo && { memo: 'A-o0' }) }, at), orders);
        expect(found.length).toBeLessThanOrEqual(5);
        for (const { score, reasons: why } of found) {
          expect(why.length).toBeGreaterThan(0);
          expect(score >= 0 && score <= 100).toBe(true);
        }
      }),
    );
  });
});
