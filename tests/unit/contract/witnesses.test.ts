import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order, Payment } from '../../../contract/order.ts';
import { orderSchema } from '../../../contract/order.ts';
import { witnesses } from '../../../contract/witnesses.ts';
import { wordsOf } from '../../../contract/words.ts';
import { block, confirmed, created, orderAfter as after, seen, settled, step } from './order-events.ts';
import type { Step } from './order-events.ts';

/** An order of a processor, which says what nobody else is named for. */
function orderAfter(...steps: readonly Step[]): Order {
  return after(...steps.map((each) => ({ source: 'cdc', ...each })));
}

const DUE = '8000000000000000';
const CHAIN = { source: 'eip155:1' };
const told = { witness: 'processor', required: null } as const;
const reorged = step('payment.reorged', { paymentId: 'p1', fromBlock: block }, CHAIN);

describe('[DG2] two witnesses of an order', () => {
  it('are one for an order of the shop’s own', () => {
    const order = orderAfter({ ...created(), source: 'direct' }, { ...seen(), ...CHAIN });
    expect(witnesses(order)).toMatchObject({ processor: null, node: { seen: true, settled: false } });
  });

  it.each<[string, Step[], object, object]>([
    ['nothing is known', [created()], { seen: false, since: null }, { seen: false, since: null }],
    ['the processor alone saw money', [created(), seen(told)], { seen: true, settled: false }, { seen: false }],
    [
      'the node found it in a block',
      [created(), seen(told), { ...confirmed(3), ...CHAIN }],
      { seen: true, settled: false },
      { seen: true, settled: false },
    ],
    [
      'the node found it deep, the processor says nothing more',
      [created(), seen(told), { ...confirmed(12), ...CHAIN }],
      { seen: true, settled: false },
      { seen: true, settled: true },
    ],
    [
      'the processor settled what no node saw',
      [created(), seen(told), settled('cdc')],
      { seen: true, settled: true },
      { seen: false, settled: false },
    ],
    [
      'a reorg contradicts the processor',
      [created(), seen(told), { ...confirmed(12), ...CHAIN }, settled('cdc'), reorged],
      { seen: true, settled: true, lost: [] },
      { seen: false, settled: false, lost: ['p1'] },
    ],
    [
      'the node sees it again',
      [
        ...[created(), seen(told), { ...confirmed(12), ...CHAIN }, settled('cdc'), reorged],
        ...[
          { ...seen(told), ...CHAIN },
          { ...confirmed(2), ...CHAIN },
        ],
      ],
      { seen: true, settled: true },
      { seen: true, settled: false, lost: [] },
    ],
  ])('%s', (_, steps, processor, node) => {
    const order = orderAfter(...steps);
    expect(orderSchema.parse(order)).toEqual(order);
    expect(witnesses(order).processor).toMatchObject(processor);
    expect(witnesses(order).node).toMatchObject(node);
    expect(order.payments.length).toBeLessThanOrEqual(1);
  });

  it('know since when each says what it says, by the gateway’s clock', () => {
    const order = orderAfter(created(), seen(told), { ...confirmed(12), ...CHAIN });
    const [payment] = order.payments;
    const { processor, node } = witnesses(order);
    expect([processor?.since, node.since]).toEqual([payment?.words?.processor?.at, payment?.words?.node?.settledAt]);
    expect(processor?.since).toBeLessThan(node.since ?? 0);
  });

  it('are told from its state for a payment that was stored before words were kept', () => {
    const { words: _, ...old } = orderAfter(created(), seen(told), { ...confirmed(2), ...CHAIN }, settled('cdc'))
      .payments[0] as Payment;
    expect(wordsOf(old)).toMatchObject({ processor: { settledAt: old.seenAt }, node: { at: old.seenAt } });
  });
});

/** Money as it really is, and who tells of it. */
const money = fc.record({
  hash: fc.constantFrom('0xaa', '0xbb', '0xcc'),
  amount: fc.integer({ min: 1, max: 9 }),
  byNode: fc.boolean(),
  byProcessor: fc.boolean(),
  lost: fc.boolean(),
});

describe('[DG2] money that both witnesses tell of', () => {
  it('is never counted twice, in whatever order they tell of it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(money, { selector: ({ hash }) => hash, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        (all, dice) => {
          const steps = all.flatMap(({ hash, amount, byNode, byProcessor, lost }) => {
            const fact = { txHash: hash, amount: String(amount) };
            const node = { ...seen({ ...fact, id: `node:${hash}` }), ...CHAIN };
            const gone = step('payment.reorged', { paymentId: `node:${hash}`, fromBlock: block }, CHAIN);
            const word = seen({ ...fact, ...told, id: `cdc:${hash}`, txHash: hash.toUpperCase() });
            const ends = lost ? [node, gone] : [node];
            return [...(byNode ? [ends] : []), ...(byProcessor ? [[word]] : [])];
          });
          const order = orderAfter(created(), ...shuffled(steps, dice).flat());
          const there = all.filter(({ byNode, byProcessor, lost }) => (byNode ? !lost : byProcessor));
          expect(sum(order)).toBe(there.reduce((total, { amount }) => total + amount, 0));
          expect(order.flags.includes('multiple')).toBe(there.length > 1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stays whole where a processor settled a transaction that a node shows to be gone', () => {
    const word = seen({ ...told, id: 'cdc', txHash: '0xaa' });
    const node = { ...seen({ id: 'node', txHash: '0xaa' }), ...CHAIN };
    const gone = step('payment.reorged', { paymentId: 'node', fromBlock: block }, CHAIN);
    const paid = orderAfter(created(), word, settled('cdc', 'cdc'), node);
    expect([paid.status, sum(paid)]).toEqual(['paid', Number(DUE)]);
    const lost = orderAfter(created(), word, settled('cdc', 'cdc'), node, gone);
    expect([lost.status, lost.received]).toEqual(['awaiting', []]);
  });
});

function sum({ received }: Order): number {
  return received.reduce((total, { amount }) => total + Number(amount), 0);
}

function shuffled<T>(items: readonly T[], dice: fc.Stream<number> | Iterable<number>): T[] {
  const rolls = dice[Symbol.iterator]();
  return items
    .map((item) => ({ item, roll: Number(rolls.next().value) }))
    .sort((a, b) => a.roll - b.roll)
    .map(({ item }) => item);
}
