import { describe, expect, it } from 'vitest';
import { orderSchema } from '../../../contract/order.ts';
import type { Flag, OrderStatus } from '../../../contract/order.ts';
import {
  block,
  confirmed,
  created,
  CREATED,
  DUE,
  EXPIRES,
  GRACE,
  option,
  orderAfter,
  seen,
  settled,
  step,
  USDC,
} from './order-events.ts';
import type { Step } from './order-events.ts';

type Row = readonly [what: string, steps: readonly Step[], status: OrderStatus, flags: readonly Flag[]];

const HALF = '4000000000000000';
const expired = step('order.expired', {}, { at: EXPIRES });
const reorged = step('payment.reorged', { paymentId: 'p1', fromBlock: block });
const refund = (kind: 'refund.requested' | 'refund.completed', amount = '20', currency = 'USD') =>
  step(kind, { refundId: 'r1', amount, currency });
const byProcessor = { witness: 'processor', required: null } as const;
const late = EXPIRES + 1;
const tooLate = GRACE + 1;

function expectRow(steps: readonly Step[], status: OrderStatus, flags: readonly Flag[]): void {
  expect(orderAfter(...steps)).toMatchObject({ status, flags });
}

describe('status: an order paid on chain', () => {
  it.each<Row>([
    ['nothing came yet', [created()], 'awaiting', []],
    ['the whole was seen', [created(), seen()], 'detected', []],
    ['it is in a block', [created(), seen(), confirmed()], 'confirming', []],
    ['it is as deep as required', [created(), seen(), confirmed(12), settled()], 'paid', []],
    ['it was never in a block, but settled', [created(), seen(), settled()], 'paid', []],
    [
      'the whole came in two parts',
      [created(), seen({ amount: HALF }), seen({ id: 'p2', amount: HALF })],
      'detected',
      ['multiple'],
    ],
    [
      'one part is settled, the other only seen',
      [created(), seen({ amount: HALF }), settled(), seen({ id: 'p2', amount: HALF })],
      'detected',
      ['multiple'],
    ],
    [
      'one of two ways to pay was taken',
      [created({ pay: [option(), option({ ...USDC, amount: '20' })] }), seen({ ...USDC, amount: '20' })],
      'detected',
      [],
    ],
    [
      'half came each way, which settles neither',
      [
        created({ pay: [option(), option({ ...USDC, amount: '20' })] }),
        seen({ amount: HALF }),
        seen({ id: 'p2', ...USDC, amount: '10' }),
      ],
      'awaiting',
      ['underpaid', 'multiple'],
    ],
    [
      'the asset is written in other letters',
      [created({ pay: [option({ ...USDC, asset: 'erc20:0xA0', amount: '20' })] }), seen({ ...USDC, amount: '20' })],
      'detected',
      [],
    ],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));
});

describe('status: less or more than due', () => {
  it.each<Row>([
    ['less before expiry', [created(), seen({ amount: HALF })], 'awaiting', ['underpaid']],
    ['less at expiry', [created(), seen({ amount: HALF }), expired], 'expired', ['underpaid']],
    ['less, settled on the chain', [created(), seen({ amount: HALF }), settled()], 'awaiting', ['underpaid']],
    ['one unit less', [created(), seen({ amount: (BigInt(DUE) - 1n).toString() })], 'awaiting', ['underpaid']],
    [
      'less, but within the tolerance',
      [created({ pay: [option({ minimum: HALF })] }), seen({ amount: HALF }), settled()],
      'paid',
      [],
    ],
    ['one unit more', [created(), seen({ amount: (BigInt(DUE) + 1n).toString() })], 'detected', ['overpaid']],
    ['paid twice', [created(), seen(), settled(), seen({ id: 'p2' })], 'paid', ['overpaid', 'multiple']],
    [
      'amounts beyond 2^53 that differ by one',
      [created({ pay: [option({ amount: '100000000000000000001' })] }), seen({ amount: '100000000000000000000' })],
      'awaiting',
      ['underpaid'],
    ],
    [
      'the rest came in time after all',
      [created(), seen({ amount: HALF }), seen({ id: 'p2', amount: HALF }), settled(), settled('eip155:1', 'p2')],
      'paid',
      ['multiple'],
    ],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));
});

describe('status: late', () => {
  it.each<Row>([
    ['nothing came', [created(), expired], 'expired', []],
    ['the whole within the grace', [created(), expired, seen({}, late), settled()], 'paid', ['late']],
    ['the whole within the grace, not yet settled', [created(), expired, seen({}, late)], 'detected', ['late']],
    ['the whole at the last moment of the grace', [created(), expired, seen({}, GRACE), settled()], 'paid', ['late']],
    ['the whole after the grace', [created(), expired, seen({}, tooLate), settled()], 'expired', ['late']],
    [
      'the whole after the grace, where nobody said that it had expired',
      [created(), seen({}, tooLate), settled()],
      'expired',
      ['late'],
    ],
    ['at the very moment of expiry', [created(), seen({}, EXPIRES), settled()], 'paid', []],
    ['less, in the grace', [created(), expired, seen({ amount: HALF }, late)], 'expired', ['underpaid', 'late']],
    [
      'half in time, half in the grace',
      [
        created(),
        seen({ amount: HALF }),
        expired,
        seen({ id: 'p2', amount: HALF }, late),
        settled(),
        settled('eip155:1', 'p2'),
      ],
      'paid',
      ['late', 'multiple'],
    ],
    [
      'in time, though a node saw it late and the processor says when',
      [created(), expired, seen({}, late), seen({}, EXPIRES - 1), settled()],
      'paid',
      [],
    ],
    [
      'in time, then more in the grace',
      [created(), seen(), settled(), expired, seen({ id: 'p2' }, late)],
      'paid',
      ['overpaid', 'multiple'],
    ],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));
});

describe('status: money that vanishes', () => {
  it.each<Row>([
    ['a reorg takes what was paid', [created(), seen(), confirmed(12), settled(), reorged], 'awaiting', []],
    [
      'a reorg takes one of two payments',
      [created(), seen(), settled(), seen({ id: 'p2' }), settled('eip155:1', 'p2'), reorged],
      'paid',
      [],
    ],
    ['a reorg takes it after expiry', [created(), seen(), settled(), expired, reorged], 'expired', []],
    [
      'what a reorg took is mined again',
      [created(), seen(), settled(), reorged, seen(), confirmed(2)],
      'confirming',
      [],
    ],
    ['and settled again', [created(), seen(), settled(), reorged, seen(), settled()], 'paid', []],
    [
      'it was replaced',
      [created(), seen(), step('payment.replaced', { paymentId: 'p1', byTxHash: '0x02' })],
      'awaiting',
      [],
    ],
    [
      'it was dropped',
      [created(), seen(), step('payment.dropped', { paymentId: 'p1', reason: 'gone' })],
      'awaiting',
      [],
    ],
    [
      'it was dropped and came back',
      [created(), seen(), step('payment.dropped', { paymentId: 'p1', reason: 'gone' }), seen()],
      'detected',
      [],
    ],
    [
      'it was reverted',
      [created(), seen(), step('payment.reverted', { paymentId: 'p1', reason: 'failed' })],
      'awaiting',
      [],
    ],
    [
      'it was reverted, and is seen again',
      [created(), seen(), step('payment.reverted', { paymentId: 'p1', reason: 'failed' }), seen()],
      'awaiting',
      [],
    ],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));

  it('a reorg takes the time of payment back with it', () => {
    expect(orderAfter(created(), seen(), settled()).paidAt).toBeTypeOf('number');
    expect(orderAfter(created(), seen(), settled(), reorged)).not.toHaveProperty('paidAt');
  });
});

describe('status: an ending, and money that contradicts it', () => {
  it.each<Row>([
    ['cancelled', [created(), step('order.cancelled', {})], 'cancelled', []],
    ['failed', [created(), step('order.failed', {})], 'failed', []],
    [
      'cancelled with less',
      [created(), seen({ amount: HALF }), step('order.cancelled', {})],
      'cancelled',
      ['underpaid'],
    ],
    ['cancelled while the whole is only seen', [created(), seen(), step('order.cancelled', {})], 'cancelled', []],
    ['cancelled, yet settled', [created(), step('order.cancelled', {}), seen(), settled()], 'paid', []],
    ['expired, then paid in time after all', [created(), expired, seen()], 'detected', []],
    ['the wrong asset', [created(), seen({ ...USDC, amount: '20' })], 'awaiting', ['wrong-asset']],
    [
      'the right asset and a wrong one',
      [created(), seen(), seen({ id: 'p2', ...USDC, amount: '20' })],
      'detected',
      ['multiple', 'wrong-asset'],
    ],
    ['the right asset on another chain', [created(), seen({ chain: 'eip155:10' })], 'awaiting', ['wrong-asset']],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));
});

describe("status: the processor's word", () => {
  const less = { ...byProcessor, amount: HALF };
  it.each<Row>([
    ['it saw the whole', [created(), seen(byProcessor)], 'detected', []],
    ['it settled', [created(), seen(byProcessor), settled('direct')], 'paid', []],
    ['it settled less, within a threshold only it knows', [created(), seen(less), settled('direct')], 'paid', []],
    [
      'a node settled less, which is not its word',
      [created(), seen(less), settled('eip155:1')],
      'awaiting',
      ['underpaid'],
    ],
    [
      'it settled after the grace',
      [created(), expired, seen(byProcessor, tooLate), settled('direct')],
      'paid',
      ['late'],
    ],
    ['it does not name the network', [created(), seen({ ...byProcessor, chain: null, asset: 'eth' })], 'detected', []],
    ['no ways to pay are known', [created({ pay: [] }), seen(byProcessor), settled('direct')], 'paid', []],
    [
      'it settled without a transaction, which a node then shows',
      [created(), seen({ ...byProcessor, id: 'x', txHash: null }), settled('direct', 'x'), seen()],
      'paid',
      [],
    ],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));
});

describe('status: refunds', () => {
  const paid = [created(), seen(), settled()];
  it.each<Row>([
    ['requested', [...paid, refund('refund.requested')], 'refunding', []],
    ['completed', [...paid, refund('refund.requested'), refund('refund.completed')], 'refunded', []],
    [
      'completed, heard of in the wrong order',
      [...paid, refund('refund.completed'), refund('refund.requested')],
      'refunded',
      [],
    ],
    ['a part completed', [...paid, refund('refund.completed', '5')], 'paid', []],
    [
      'all in parts',
      [
        ...paid,
        refund('refund.completed', '5'),
        step('refund.completed', { refundId: 'r2', amount: '15.00', currency: 'USD' }),
      ],
      'refunded',
      [],
    ],
    [
      'in another currency, whose worth nobody knows',
      [...paid, refund('refund.completed', '0.008', 'ETH')],
      'refunded',
      [],
    ],
    [
      'a part completed, another requested',
      [
        ...paid,
        refund('refund.completed', '5'),
        step('refund.requested', { refundId: 'r2', amount: '1', currency: 'USD' }),
      ],
      'refunding',
      [],
    ],
    ['before anything was paid', [created(), refund('refund.requested')], 'refunding', []],
  ])('%s', (_, steps, status, flags) => expectRow(steps, status, flags));

  it('keeps the time of payment', () => {
    const before = orderAfter(...paid).paidAt;
    expect(orderAfter(...paid, refund('refund.completed')).paidAt).toBe(before);
  });
});

describe('what was received', () => {
  it('is summed per chain and asset, without what vanished', () => {
    const gone = step('payment.dropped', { paymentId: 'p3', reason: 'gone' });
    const order = orderAfter(
      created(),
      seen(),
      seen({ id: 'p2', ...USDC, amount: '7' }),
      seen({ id: 'p3', amount: '9' }),
      seen({ id: 'p4', amount: '1' }),
      gone,
    );
    expect(order.received.map(({ symbol, amount }) => [symbol, amount])).toEqual([
      ['ETH', '8000000000000001'],
      ['USDC', '7'],
    ]);
  });

  it('is exact beyond 2^53', () => {
    const amount = '100000000000000000000';
    const order = orderAfter(created(), seen({ amount }), seen({ id: 'p2', amount: '1' }));
    expect(order.received[0]?.amount).toBe('100000000000000000001');
  });

  it('may be more than any one payment', () => {
    const amount = '9'.repeat(78);
    const order = orderAfter(created(), seen({ amount }), seen({ id: 'p2', amount }));
    expect(orderSchema.parse(order).received[0]?.amount).toBe((2n * BigInt(amount)).toString());
  });

  it("counts the processor's nameless settlement and the node's sight of it once", () => {
    const nameless = seen({ ...byProcessor, id: 'x', txHash: null });
    expect(orderAfter(created(), nameless, settled('direct', 'x'), seen()).received[0]?.amount).toBe(DUE);
  });
});

describe('when an order was paid', () => {
  it('is when it settled, and stays so', () => {
    const at = CREATED + 300_000;
    const settling = step('payment.settled', { paymentId: 'p1' }, { source: 'eip155:1', at });
    expect(orderAfter(created(), seen(), settling).paidAt).toBe(at);
    expect(orderAfter(created(), seen(), settling, seen({ id: 'p2' }, at + 1)).paidAt).toBe(at);
  });
});
