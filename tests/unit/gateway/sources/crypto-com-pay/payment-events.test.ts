import { describe, expect, it } from 'vitest';
import { readDelivery } from '../../../../../gateway/sources/crypto-com-pay/read.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { after, captured, created, orderAfter, withFund } from './order-after.ts';
import { delivery, fund, HASH, options, PAYMENT, T0 } from './sample-events.ts';

describe('events of a payment', () => {
  it('creates the order once, whichever type brings it', () => {
    for (const first of [created, captured(), withFund()]) {
      expect(after([first]).kinds()[0]).toBe('order.created');
      expect(
        after([first, created, first])
          .kinds()
          .filter((kind) => kind === 'order.created'),
      ).toHaveLength(1);
    }
  });

  it('shows an inbound fund as a payment the processor saw, at the time of its transaction', () => {
    const { payments, status } = orderAfter(created, withFund());
    expect(status).toBe('detected');
    expect(payments).toMatchObject([
      {
        id: `${PAYMENT}:${HASH}`,
        chain: null,
        asset: 'cro',
        amount: '250000000000000000000',
        txHash: HASH,
        witness: 'processor',
        seenAt: (T0 + 120) * 1000,
      },
    ]);
  });

  it.each([
    ['alone', [], [{ id: 'node:1', witness: 'processor', words: { node: {}, processor: {} } }]],
    [
      'beside a nameless settlement, which stays the processor’s word',
      [captured()],
      [
        { id: PAYMENT, txHash: null, state: 'settled' },
        { id: 'node:1', witness: 'node' },
      ],
    ],
  ] as const)('takes a transaction that a node saw first for the same money, %s', (_, before, expected) => {
    const ledger = after([created, ...before]);
    const order = ledger.only.id;
    const coins = { chain: 'eip155:25', asset: 'native', symbol: 'CRO', decimals: 18, amount: '250000000000000000000' };
    const seen = { ...coins, id: 'node:1', txHash: HASH, required: 3, witness: 'node' as const };
    const about = { order, source: 'eip155:25', occurred: null, sent: null };
    ledger.add('main', [{ order, decide: () => [{ kind: 'payment.detected', ...about, data: { payment: seen } }] }]);
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    expect(ledger.only.payments).toMatchObject(expected);
    expect(ledger.only.received).toMatchObject([{ amount: coins.amount }]);
    const said = ledger.events.length;
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    expect(ledger.events).toHaveLength(said);
  });

  it('settles the fund it saw', () => {
    const order = orderAfter(created, withFund(), captured());
    expect(order).toMatchObject({ status: 'paid', paidAt: (T0 + 200) * 1000, flags: [] });
    expect(order.payments).toMatchObject([{ txHash: HASH, state: 'settled', settledBy: 'processor' }]);
  });

  it('synthesises a payment where none was seen', () => {
    const order = orderAfter(captured());
    expect(order).toMatchObject({
      status: 'paid',
      flags: [],
      received: [{ asset: 'cro', amount: '250000000000000000000' }],
    });
    expect(order.payments).toMatchObject([{ id: PAYMENT, txHash: null, witness: 'processor', state: 'settled' }]);
  });

  it('synthesises in the price where no crypto currency is known', () => {
    const order = orderAfter(captured({ crypto_currency: undefined, crypto_amount: undefined }));
    expect(order).toMatchObject({
      status: 'paid',
      flags: [],
      received: [{ asset: 'usd', amount: '2500', decimals: 2 }],
    });
  });

  it('turns a synthesised payment into the currency asked for once that is known', () => {
    const order = orderAfter(captured({ crypto_currency: undefined, crypto_amount: undefined }), created);
    expect(order).toMatchObject({
      status: 'paid',
      flags: [],
      received: [{ asset: 'cro', amount: '250000000000000000000' }],
    });
  });

  it('merges a synthesised payment with the fund that comes after it', () => {
    const order = orderAfter(captured(), withFund());
    expect(order).toMatchObject({ status: 'paid', flags: [], received: [{ amount: '250000000000000000000' }] });
    expect(order.payments).toMatchObject([{ id: PAYMENT, txHash: HASH, state: 'settled', seenAt: (T0 + 120) * 1000 }]);
  });

  it('ignores what is repeated or stale', () => {
    const ledger = after([created, withFund(), captured()]);
    const count = ledger.events.length;
    for (const again of [created, withFund(), captured(), captured({}, T0 + 300)]) {
      ledger.add('main', readDelivery(options, delivery(again)).reports);
    }
    expect(ledger.kinds()).toHaveLength(count);
  });

  it('keeps when it occurred, was sent and by whom', () => {
    const reading = readDelivery(options, delivery(captured(), T0 + 205));
    const ledger = new MemoryLedger();
    ledger.add('main', reading.reports);
    expect(reading.dedupeKey).toBe(`evt_payment.captured_${T0 + 200}`);
    expect(ledger.events.at(-1)).toMatchObject({
      source: 'cdc',
      kind: 'payment.settled',
      at: { occurred: (T0 + 200) * 1000, sent: (T0 + 205) * 1000 },
    });
  });

  it('takes the transaction a node saw as the same money, and settles it', () => {
    const ledger = after([created]);
    const node = {
      id: 'eip155:25:x',
      chain: null,
      asset: 'cro',
      symbol: 'CRO',
      decimals: 18,
      amount: '250000000000000000000',
      txHash: HASH.toUpperCase().replace('0X', '0x'),
      required: 12,
      witness: 'node',
    } as const;
    ledger.write('main', {
      kind: 'payment.detected',
      order: ledger.only.id,
      source: 'eip155:25',
      occurred: null,
      sent: null,
      data: { payment: node },
    });
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    ledger.add('main', readDelivery(options, delivery(captured({ current_inbound_fund: fund() }))).reports);
    expect(ledger.only).toMatchObject({
      status: 'paid',
      flags: [],
      payments: [{ id: 'eip155:25:x', settledBy: 'processor' }],
    });
  });

  it('does not bring back what a node took back by saying once more that it was captured', () => {
    const configured = { ...options, chains: [{ id: 'eip155:25', tokens: [] }] };
    const paid = captured({ current_inbound_fund: fund() });
    const ledger = new MemoryLedger();
    ledger.add('main', readDelivery(configured, delivery(paid)).reports);
    const { id: order, payments } = ledger.only;
    const data = { paymentId: payments[0]?.id ?? '', fromBlock: { number: 5, hash: 'h' } };
    const draft = { kind: 'payment.reorged', order, source: 'eip155:25', occurred: null, sent: null, data } as const;
    ledger.add('main', [{ order, decide: () => [draft] }]);
    expect(ledger.only).toMatchObject({ status: 'awaiting', payments: [{ state: 'reorged' }] });
    const before = ledger.events.length;
    ledger.add('main', readDelivery(configured, delivery({ ...paid, id: 'evt_again' })).reports);
    expect(ledger.events).toHaveLength(before);
  });

  it('settles the very money that a node had seen vanish, once', () => {
    const configured = { ...options, chains: [{ id: 'eip155:25', tokens: [] }] };
    const hear = (event: object) => {
      ledger.add('main', readDelivery(configured, delivery({ ...event })).reports);
    };
    const ledger = new MemoryLedger();
    hear(withFund());
    const { id: order, payments } = ledger.only;
    const paymentId = payments[0]?.id ?? '';
    const about = { order, source: 'eip155:25', occurred: null, sent: null };
    const gone = { kind: 'payment.dropped', ...about, data: { paymentId, reason: 'gone' } } as const;
    ledger.add('main', [{ order, decide: () => [gone] }]);
    hear(captured({ current_inbound_fund: fund() }));
    expect(ledger.only).toMatchObject({ status: 'paid', payments: [{ id: paymentId, state: 'settled' }], flags: [] });
    const said = ledger.events.length;
    hear({ ...captured({ current_inbound_fund: fund() }), id: 'evt_again' });
    expect([ledger.events.length, ledger.only.received]).toEqual([said, [expect.anything()]]);
  });

  it('counts a nameless settlement and the same money seen by a node later once', () => {
    const ledger = after([captured()]);
    const node = {
      id: 'n',
      chain: null,
      asset: 'cro',
      symbol: 'CRO',
      decimals: 18,
      amount: '250000000000000000000',
      txHash: HASH,
      required: 12,
      witness: 'node',
    } as const;
    ledger.write('main', {
      kind: 'payment.detected',
      order: ledger.only.id,
      source: 'eip155:25',
      occurred: null,
      sent: null,
      data: { payment: node },
    });
    expect(ledger.only).toMatchObject({ status: 'paid', received: [{ amount: '250000000000000000000' }] });
    expect(ledger.only.flags).not.toContain('multiple');
  });
});
