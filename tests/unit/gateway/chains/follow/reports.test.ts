import { describe, expect, test } from 'vitest';
import type { Payment } from '../../../../../contract/order.ts';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import {
  depthReport,
  droppedReport,
  factOfPayment,
  replacedReport,
  sightReport,
} from '../../../../../gateway/chains/follow/reports.ts';
import type { Mined } from '../../../../../gateway/chains/follow/sight.ts';
import { tipOf } from '../../../../../gateway/chains/follow/tip.ts';
import type { TipParts } from '../../../../../gateway/chains/follow/tip.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, hashOf } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const RULE = { settles: 3, countTo: 3 };
const NOW = 1_700_000_000_000;
const block = (n: number) => ({ number: n, hash: hashOf('block', n) });
const fact: Payment = {
  ...{ id: 'p', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000' },
  ...{ txHash: hashOf('tx', 1), required: 3, witness: 'node', confirmations: null, state: 'seen', seenAt: NOW },
};

async function orderWith(...payments: readonly Payment[]) {
  const ledger = new MemoryLedger();
  await ledger.place('o', orderPaidBy({ address: PAYEE }));
  return { ...(await ledger.order('main', 'o'))!, payments: [...payments] };
}

/** Blocks up to `top`; `forked` are of another branch than a payment's. */
function tip(top: number, forked = Infinity, more: Partial<TipParts> = {}) {
  const blocks = Array.from({ length: top }, (_, n) =>
    n + 1 >= forked ? { number: n + 1, hash: hashOf('block', 100 + n) } : block(n + 1),
  );
  return tipOf({ chain: CHAIN, canonical: canonicalChain(blocks), at: NOW + top, rule: RULE, ...more });
}

async function kinds(held: Payment | null, mined: Mined | null, top: number, sighted: Partial<Payment> = {}) {
  const sight = { fact: { ...factOfPayment({ ...fact, ...sighted }), chain: CHAIN }, mined };
  const order = await orderWith(...(held ? [held] : []));
  return sightReport('o', sight, tip(top))
    .decide(order)
    .map(({ kind }) => kind.slice('payment.'.length));
}

describe('what a sight says of an order', () => {
  const at = (n: number) => ({ block: block(n), at: NOW });
  const seen = (more: Partial<Payment> = {}): Payment => ({ ...fact, ...more });
  const held = (state: Payment['state'], n?: number, confirmations: number | null = null): Payment =>
    seen({ state, confirmations, ...(n !== undefined && { block: block(n) }) });

  test.each<[string, Payment | null, Mined | null, number, string[]]>([
    ['a first sight in the pool', null, null, 5, ['detected']],
    ['a second one', held('seen'), null, 5, []],
    ['one of a payment in a block', held('confirming', 5, 1), null, 5, []],
    ['one of a dropped payment', held('dropped'), null, 5, ['detected']],
    ['one of a reorged payment', held('reorged'), null, 5, ['detected']],
    ['one of a replaced payment, which a node may still hold', held('replaced'), null, 5, []],
    ['a first sight in a block', null, at(5), 5, ['detected', 'confirmations']],
    ['a first sight deep enough', null, at(3), 5, ['detected', 'confirmations', 'settled']],
    ['a pool payment mined', held('seen'), at(5), 5, ['confirmations']],
    ['the same block again', held('confirming', 5, 1), at(5), 5, []],
    ['the same block, one deeper', held('confirming', 5, 1), at(5), 6, ['confirmations']],
    ['the last one needed', held('confirming', 4, 2), at(4), 6, ['confirmations', 'settled']],
    ['a settled payment', held('settled', 3, 3), at(3), 9, []],
    ['another block', held('confirming', 4, 1), at(5), 5, ['reorged', 'detected', 'confirmations']],
    ['a settled payment in another block', held('settled', 2, 3), at(5), 5, ['reorged', 'detected', 'confirmations']],
    ['a reorged payment mined again', held('reorged'), at(5), 5, ['detected', 'confirmations']],
    ['a dropped payment mined after all', held('dropped'), at(5), 5, ['detected', 'confirmations']],
    ['a replaced payment mined after all', held('replaced'), at(5), 5, ['detected', 'confirmations']],
    [
      'a reverted payment that succeeds in another block',
      held('reverted'),
      at(5),
      5,
      ['reorged', 'detected', 'confirmations'],
    ],
    ['a first sight that failed', null, { ...at(5), failed: 'x' }, 5, ['detected', 'reverted']],
    ['a pool payment that failed', held('seen'), { ...at(5), failed: 'x' }, 5, ['reverted']],
    ['the same failure again', held('reverted', 5), { ...at(5), failed: 'x' }, 5, []],
    ['a failure whose block was not kept', held('reverted'), { ...at(5), failed: 'x' }, 5, []],
    ['a second failure, in another block', held('reverted', 4), { ...at(5), failed: 'x' }, 5, ['reorged', 'reverted']],
    ['a success where a failure was told', held('reverted', 5), at(5), 5, ['reorged', 'detected', 'confirmations']],
    ['a failure in another block', held('confirming', 4, 1), { ...at(5), failed: 'x' }, 5, ['reorged', 'reverted']],
  ])('%s', async (_, payment, mined, top, expected) => {
    expect(await kinds(payment, mined, top)).toEqual(expected);
  });

  test('what arrived counts, where the pool promised more', async () => {
    expect(await kinds(held('seen'), at(5), 5, { amount: '900' })).toEqual(['detected', 'confirmations']);
  });

  test("a processor's payment is counted, and settled again only where its processor had settled it", async () => {
    const processor = { witness: 'processor' as const };
    const deep = (more: Partial<Payment>) => kinds(seen({ ...processor, ...more }), at(3), 5, processor);
    expect(await deep({})).toEqual(['confirmations']);
    expect(await deep({ state: 'settled', settledBy: 'processor' })).toEqual(['confirmations']);
    expect(await deep({ state: 'reorged', settledBy: 'processor' })).toEqual(['detected', 'confirmations', 'settled']);
  });

  test("what a processor told of under its own id is the node's sight too, and stays the processor's", async () => {
    const told = seen({ id: 'cdc:1', witness: 'processor', words: { processor: { at: NOW } } });
    const sight = { fact: { ...factOfPayment(fact), chain: CHAIN, from: PAYEE }, mined: at(3) };
    const drafts = sightReport('o', sight, tip(5)).decide(await orderWith(told));
    expect(drafts.map(({ kind }) => kind)).toEqual(['payment.confirmations']);
    expect(drafts[0]?.data).toMatchObject({ paymentId: 'cdc:1', confirmations: 3 });
    const pool = sightReport('o', { ...sight, mined: null }, tip(5)).decide(await orderWith(told));
    expect(pool).toMatchObject([{ data: { payment: { id: 'cdc:1', witness: 'processor', from: PAYEE } } }]);
  });

  test("money at a processor's address is counted, and not settled by a node alone", async () => {
    const ledger = new MemoryLedger();
    await ledger.place('o', orderPaidBy({ address: PAYEE }), 'cdc');
    const sight = { fact: { ...factOfPayment(fact), chain: CHAIN }, mined: at(3) };
    await ledger.append('main', [sightReport('o', sight, tip(9)), depthReport('o', tip(9))]);
    expect(ledger.story('o')).toEqual(['payment.detected', 'payment.confirmations 3']);
    expect(await ledger.order('main', 'o')).toMatchObject({
      status: 'confirming',
      payments: [{ state: 'confirming' }],
    });
  });

  test('times are the chain’s own for a block, as far as they are past, and nobody’s for the pool', async () => {
    const sight = { fact: { ...factOfPayment(fact), chain: CHAIN } };
    const order = await orderWith();
    const times = (mined: Mined | null) =>
      sightReport('o', { ...sight, mined }, tip(6))
        .decide(order)
        .map((each) => each.occurred);
    expect(times(null)).toEqual([null]);
    expect(times(at(5))).toEqual([NOW, NOW + 6]);
    const ahead = sightReport('o', { ...sight, mined: at(5) }, tip(6, Infinity, { now: NOW - 1 })).decide(order);
    expect(ahead.map(({ occurred }) => occurred)).toEqual([NOW - 1, NOW - 1]);
  });

  test('no node alone is believed: a block that too few hold confirms and settles nothing', async () => {
    const sight = { fact: { ...factOfPayment(fact), chain: CHAIN }, mined: at(3) };
    const now = tip(9, Infinity, { agreed: 2 });
    const drafts = sightReport('o', sight, now).decide(await orderWith());
    expect(drafts.map(({ kind }) => kind)).toEqual(['payment.detected', 'payment.confirmations']);
    expect(drafts[1]?.data).toMatchObject({ confirmations: 0 });
    const told = (agreed: number) => depthReport('o', tip(9, Infinity, { agreed }));
    const order = await orderWith(held('confirming', 3, 0));
    expect(told(2).decide(order)).toEqual([]);
    expect(told(4).decide(order)).toMatchObject([{ data: { confirmations: 2 } }]);
    expect(told(5).decide(order).at(-1)?.kind).toBe('payment.settled');
  });

  test('where the chain names the block that settles, its depth decides and is shown', async () => {
    const rule = { settles: 'finalized', countTo: 2 } as const;
    const told = async (named: number | null, payment: Payment) =>
      depthReport('o', tip(9, Infinity, { rule, named })).decide(await orderWith(payment));
    expect(await told(null, held('confirming', 3, 7))).toEqual([]);
    expect(await told(2, held('confirming', 3, 6))).toMatchObject([{ data: { confirmations: 7, required: 8 } }]);
    expect((await told(3, held('confirming', 3, 7))).map(({ kind }) => kind)).toEqual(['payment.settled']);
    expect(await told(9, held('settled', 3, 5))).toEqual([]);
  });

  test('worthless tokens that anybody may send do not make an order grow without end', async () => {
    const foreign = (n: number): Payment => seen({ id: `f${n}`, asset: `erc20:0x${n}`, decimals: null });
    const sight = { fact: { ...factOfPayment(foreign(99)), chain: CHAIN }, mined: at(5) };
    const after = async (n: number) =>
      sightReport('o', sight, tip(5)).decide(await orderWith(...Array.from({ length: n }, (_, k) => foreign(k))));
    expect(await after(7)).toHaveLength(2);
    expect(await after(8)).toEqual([]);
  });

  test('an order that is not known, or another one, is told nothing', () => {
    const sight = { fact: { ...factOfPayment(fact), chain: CHAIN }, mined: null };
    expect(sightReport('o', sight, tip(5)).decide(undefined)).toEqual([]);
    expect(depthReport('o', tip(5)).decide(undefined)).toEqual([]);
    expect(droppedReport('o', CHAIN, 'p', 'x').decide(undefined)).toEqual([]);
  });

  test.each<[string, Payment, ReturnType<typeof tip>, string[]]>([
    ['one deeper', held('confirming', 4, 1), tip(5), ['payment.confirmations']],
    ['as deep as before', held('confirming', 5, 1), tip(5), []],
    ['deep enough', held('confirming', 3, 2), tip(5), ['payment.confirmations', 'payment.settled']],
    ['deeper than needed', held('settled', 1, 3), tip(9), []],
    ['orphaned', held('confirming', 5, 1), tip(6, 5), ['payment.reorged']],
    ['orphaned after it settled', held('settled', 3, 3), tip(6, 3), ['payment.reorged']],
    ['in a block higher than the chain is now', held('confirming', 7, 1), tip(6), ['payment.reorged']],
    ['not in a block', held('seen'), tip(6), []],
    ['reverted in a block that holds', held('reverted', 5), tip(6), []],
    ['reverted in a block that is orphaned', held('reverted', 5), tip(6, 5), ['payment.reorged']],
    ['of another chain', { ...held('confirming', 5, 1), chain: 'eip155:1' }, tip(6, 5), []],
  ])('counted against the chain, a payment %s', async (_, payment, now, expected) => {
    const drafts = depthReport('o', now).decide(await orderWith(payment));
    expect(drafts.map(({ kind }) => kind)).toEqual(expected);
  });

  test.each([
    [held('settled', 3, 3), ['payment.confirmations']],
    [held('confirming', 3, 2), ['payment.confirmations', 'payment.settled']],
    [held('settled', 1, 5), []],
  ])('where a release rule asks for more than settles, counting goes on to it', async (payment, expected) => {
    const drafts = depthReport('o', tip(9, Infinity, { rule: { settles: 3, countTo: 5 } })).decide(
      await orderWith(payment),
    );
    expect(drafts.map(({ kind }) => kind)).toEqual(expected);
    const [first] = drafts;
    if (first?.kind === 'payment.confirmations') expect(first.data).toMatchObject({ confirmations: 5, required: 3 });
  });

  test.each<[Payment['state'], string, number | undefined, boolean, boolean]>([
    ['seen', 'in the pool', undefined, true, true],
    ['reorged', 'in no block', undefined, true, true],
    ['dropped', 'in no block', undefined, false, true],
    ['replaced', 'in no block', undefined, false, false],
    ['reverted', 'in a block', 3, false, false],
    ['confirming', 'in a block', 3, false, false],
    ['settled', 'in a block', 3, false, false],
    ['settled', 'by its processor, in no block', undefined, false, true],
  ])('a payment that is %s %s (%s) can be dropped: %s, replaced: %s', async (state, _, n, dropped, replaced) => {
    const order = await orderWith(held(state, n));
    expect(droppedReport('o', CHAIN, 'p', 'x').decide(order)).toHaveLength(dropped ? 1 : 0);
    expect(replacedReport('o', CHAIN, 'p', hashOf('tx', 2), NOW).decide(order)).toHaveLength(replaced ? 1 : 0);
  });
});
