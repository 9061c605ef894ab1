import { beforeEach, describe, expect, it } from 'vitest';
import { orderFactSchema, orderSchema } from '../../../../../contract/order.ts';
import type { EventDraft } from '../../../../../gateway/ledger.ts';
import { readDelivery } from '../../../../../gateway/sources/btcpay/read.ts';
import { UnreadableDelivery } from '../../../../../gateway/sources/source.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import {
  BITCOIN,
  delivery,
  fetched,
  INVOICE,
  methods,
  options,
  payment,
  T0,
  TXID,
  webhook,
} from './sample-invoices.ts';

let ledger: MemoryLedger;
let now: number;
beforeEach(() => {
  now = (T0 + 200) * 1000;
  ledger = new MemoryLedger(() => now);
});

const poll = (...said: Parameters<typeof fetched>) => ledger.add('main', fetched(...said));
const hear = (type: string, fields: object = {}) =>
  ledger.add('main', readDelivery(options, delivery(webhook(type, { ...fields }))).reports);

const settled = payment({ status: 'Settled' });
const late = payment({ receivedDate: T0 + 1800 });

describe('what an invoice becomes', () => {
  it.each([
    ['New', 'None', [], 'awaiting', []],
    ['New', 'PaidPartial', [payment({ value: '0.0001' })], 'awaiting', ['underpaid']],
    ['Processing', 'None', [payment()], 'detected', []],
    ['Processing', 'PaidOver', [payment({ value: '0.5' })], 'detected', ['overpaid']],
    ['Expired', 'None', [], 'expired', []],
    ['Expired', 'PaidPartial', [payment({ value: '0.0001' })], 'expired', ['underpaid']],
    ['Expired', 'PaidLate', [late], 'detected', ['late']],
    ['Expired', 'PaidLate', [{ ...late, status: 'Settled' }], 'paid', ['late']],
    ['Expired', 'PaidLate', [{ ...late, status: 'Settled', receivedDate: T0 + 900 + 3601 }], 'expired', ['late']],
    ['Invalid', 'None', [payment()], 'failed', []],
    ['Invalid', 'Marked', [], 'failed', []],
    ['Settled', 'None', [settled], 'paid', []],
    ['Settled', 'PaidOver', [payment({ status: 'Settled', value: '0.5' })], 'paid', ['overpaid']],
    ['Settled', 'Marked', [], 'paid', []],
  ])('%s, %s', (status, additionalStatus, payments, expected, flags) => {
    poll({ status, additionalStatus }, methods(payments));
    expect(ledger.only).toMatchObject({ status: expected, flags });
    expect(orderSchema.parse(ledger.only)).toEqual(ledger.only);
    const before = ledger.events.length;
    poll({ status, additionalStatus }, methods(payments));
    expect(ledger.events).toHaveLength(before);
  });

  it('names price, reference, customer, times and every way to pay', () => {
    const lightning = { paymentMethodId: 'BTC-LN', destination: `lnbc${'1'.repeat(300)}`, amount: '0.00010601001' };
    const metadata = { orderId: 'A-7', buyerEmail: 'ana@example.com', buyerName: 'Ana' };
    poll({ metadata, checkout: { paymentTolerance: 1.5 } }, [...methods(), lightning]);
    const { order } = ledger.events[0]?.data as { order: unknown };
    expect(orderFactSchema.parse(order)).toMatchObject({
      sourceRef: INVOICE,
      reference: 'A-7',
      price: { currency: 'EUR', amount: '19.9' },
      createdAt: T0 * 1000,
      expiresAt: (T0 + 900) * 1000,
      graceUntil: (T0 + 900 + 3600) * 1000,
      customer: { name: 'Ana', email: 'ana@example.com' },
      pay: [
        { chain: BITCOIN, asset: 'native', symbol: 'BTC', decimals: 8, amount: '10601', minimum: '10442' },
        { chain: null, asset: 'btc-ln', symbol: 'BTC-LN', decimals: 11, amount: '10601001', address: null },
      ],
    });
  });

  it('is known by the shop’s own number, also where that is written as a number', () => {
    poll({ metadata: { orderId: 1041 } });
    expect(ledger.only.reference).toBe('1041');
  });

  it.each([
    ['of no name', { paymentMethodId: '-1' }],
    ['of a long id', { payments: [payment({ id: 'x'.repeat(200) })] }],
  ])('takes a method %s', (_, fields) => {
    poll({ id: 'i'.repeat(128), status: 'Processing' }, methods([], fields));
    expect(orderSchema.parse(ledger.only)).toEqual(ledger.only);
  });

  it('offers no more ways to pay than an order may have', () => {
    const many = Array.from({ length: 100 }, (_, n) => methods([], { paymentMethodId: `C${n}-CHAIN` })).flat();
    poll({}, many);
    expect(ledger.only.pay).toHaveLength(64);
  });

  it.each(['BTC', 'BTC-OnChain', 'BTC-CHAIN'])('reads the method %s of any version', (name) => {
    poll({}, methods([], { paymentMethodId: undefined, paymentMethod: name }));
    expect(ledger.only.pay).toMatchObject([{ chain: BITCOIN, amount: '10601' }]);
  });

  it('keeps a decimal that is finer than its unit out, and the invoice in', () => {
    poll({}, methods([], { amount: '0.123456789' }));
    expect(ledger.only).toMatchObject({ pay: [], price: { amount: '19.9' } });
  });
});

describe('a payment', () => {
  it('has the id of its output, so that a node’s sight of it is the same payment', () => {
    poll({ status: 'Processing' }, methods([payment()]));
    const seen = ledger.only.payments[0];
    expect(seen).toMatchObject({
      id: `${TXID}-0`,
      chain: BITCOIN,
      txHash: TXID,
      amount: '10601',
      witness: 'processor',
    });
  });

  it('that a node saw first is the processor’s too once it tells of it, said once, and settled by its word', () => {
    poll({ status: 'New' }, methods([]));
    const { id } = ledger.only;
    const seen = {
      ...{ id: `${TXID}-0`, chain: BITCOIN, asset: 'native', symbol: 'BTC', decimals: 8, amount: '10601' },
      ...{ txHash: TXID, required: 2, witness: 'node' as const },
    };
    const byNode = { order: id, source: BITCOIN, occurred: null, sent: null, data: { payment: seen } };
    ledger.add('main', [{ order: id, decide: () => [{ kind: 'payment.detected', ...byNode }] }]);
    expect(ledger.only.payments).toMatchObject([{ witness: 'node' }]);
    expect(ledger.only.payments[0]?.words).not.toHaveProperty('processor');
    poll({ status: 'Processing' }, methods([payment({ id: `${TXID}-0` })]));
    expect(ledger.only.payments).toMatchObject([{ witness: 'processor', words: { node: {}, processor: {} } }]);
    const before = ledger.events.length;
    poll({ status: 'Processing' }, methods([payment({ id: `${TXID}-0` })]));
    expect(ledger.events).toHaveLength(before);
    poll({ status: 'Settled' }, methods([payment({ id: `${TXID}-0`, status: 'Settled' })]));
    expect(ledger.only).toMatchObject({ status: 'paid', payments: [{ state: 'settled', settledBy: 'processor' }] });
  });

  it('is the same payment before and after its chain is configured', () => {
    const elsewhere = { options: { ...options, chains: [] } };
    poll({ status: 'Processing' }, methods([payment()]), elsewhere);
    expect(ledger.only.payments[0]).toMatchObject({ id: `${TXID}-0`, chain: null, txHash: TXID });
    poll({ status: 'Settled' }, methods([settled]));
    expect(ledger.only.payments).toHaveLength(1);
    expect(ledger.only.status).toBe('paid');
  });

  it('by Lightning has no transaction', () => {
    const paidBy = {
      paymentMethodId: 'BTC-LN',
      amount: '0.00010601',
      payments: [payment({ id: 'ab'.repeat(32), status: 'Settled' })],
    };
    poll({ status: 'Settled' }, [paidBy]);
    expect(ledger.only.payments).toMatchObject([
      { txHash: null, amount: '10601000', symbol: 'BTC-LN', state: 'settled' },
    ]);
  });

  it('that is replaced is dropped, found by a poll alone, and taken again when it is back', () => {
    poll({ status: 'Processing' }, methods([payment()]));
    poll({ status: 'New' }, methods());
    expect(ledger.only).toMatchObject({ status: 'awaiting', payments: [{ state: 'dropped' }] });
    poll({ status: 'Processing' }, methods([payment()]));
    expect(ledger.only).toMatchObject({ status: 'detected', payments: [{ state: 'seen' }] });
  });

  it('is not taken for gone by an answer to a question that was asked before it was heard of', () => {
    poll({ status: 'New' });
    const askedAt = now;
    now += 50;
    hear('InvoiceReceivedPayment', { paymentMethodId: 'BTC-CHAIN', payment: payment() });
    poll({ status: 'New' }, methods(), { askedAt });
    expect(ledger.only.payments).toMatchObject([{ state: 'seen' }]);
  });

  it('that older versions call invalid while it is unconfirmed is money all the same', () => {
    const before2 = { paymentMethodId: undefined, paymentMethod: 'BTC' };
    poll({ status: 'Expired', additionalStatus: 'PaidLate' }, methods([{ ...late, status: 'Invalid' }], before2));
    expect(ledger.only.payments).toMatchObject([{ state: 'seen' }]);
  });

  it('that version 2 calls invalid was replaced, and is none beside the one that took its place', () => {
    const replaced = payment({ id: `${'0b'.repeat(32)}-0`, status: 'Invalid' });
    poll({ status: 'Processing' }, methods([replaced, payment()]));
    expect(ledger.only).toMatchObject({ status: 'detected', flags: [], payments: [{ id: `${TXID}-0` }] });
  });

  it('that came on top of what is settled is settled when it has its confirmations, and not before', () => {
    const extra = payment({ id: `${'0c'.repeat(32)}-1` });
    poll({ status: 'Settled', additionalStatus: 'PaidOver' }, methods([settled, extra]));
    expect(ledger.only).toMatchObject({ status: 'paid', flags: ['overpaid', 'multiple'] });
    expect(ledger.only.payments.map(({ state }) => state)).toEqual(['settled', 'seen']);
    poll({ status: 'Settled', additionalStatus: 'PaidOver' }, methods([settled, { ...extra, status: 'Settled' }]));
    expect(ledger.only.payments.map(({ state }) => state)).toEqual(['settled', 'settled']);
  });

  it.each([
    ['beside what it tells of', methods([settled]), [{ witness: 'node', state: 'seen' }, { state: 'settled' }]],
    [
      'alone',
      methods(),
      [
        { witness: 'node', state: 'seen' },
        { id: INVOICE, state: 'settled' },
      ],
    ],
  ])('in another asset that only a node saw is not said to be settled by it, %s', (_, list, expected) => {
    poll({ status: 'New' });
    const { id: order } = ledger.only;
    const token = { chain: 'eip155:1', asset: `erc20:0x${'0e'.repeat(20)}`, symbol: 'FAKE', decimals: 18, amount: '1' };
    const seen = { ...token, id: 'n', txHash: `0x${'0e'.repeat(32)}`, required: 12, witness: 'node' as const };
    const about = { order, source: 'eip155:1', occurred: null, sent: null };
    ledger.add('main', [{ order, decide: () => [{ kind: 'payment.detected', ...about, data: { payment: seen } }] }]);
    poll({ status: 'Settled', additionalStatus: 'Marked' }, list);
    expect(ledger.only).toMatchObject({ status: 'paid', payments: expected });
    expect(ledger.only.payments[0]?.words).not.toHaveProperty('processor');
  });

  it('marked by a person may be finer than its currency', () => {
    poll({ status: 'Settled', additionalStatus: 'Marked', amount: '19.905' }, []);
    expect(ledger.only).toMatchObject({ status: 'paid', payments: [{ amount: '19905', decimals: 3 }] });
  });

  it('that is invalid of an invoice nobody paid is none', () => {
    poll({ status: 'New' }, methods([payment({ status: 'Invalid' })]));
    expect(ledger.only.payments).toEqual([]);
  });

  it('behind an invoice that a person marked takes the nameless one’s place', () => {
    poll({ status: 'Settled', additionalStatus: 'Marked' });
    expect(ledger.only.payments).toMatchObject([{ id: INVOICE, txHash: null, state: 'settled' }]);
    poll({ status: 'Settled', additionalStatus: 'Marked' }, methods([settled]));
    expect(ledger.only.payments.map(({ state }) => state)).toEqual(['dropped', 'settled']);
    expect(ledger.only.status).toBe('paid');
  });
});

describe('money that a node took back', () => {
  const paymentId = `${TXID}-0`;
  const byNode = (kind: string, data: object) => {
    const order = ledger.only.id;
    const draft = { kind, order, source: BITCOIN, occurred: null, sent: null, data: { paymentId, ...data } };
    ledger.add('main', [{ order, decide: () => [draft as EventDraft] }]);
  };
  const block = { number: 5, hash: 'h' };

  it.each([
    ['payment.reorged', { fromBlock: block }],
    ['payment.dropped', { reason: 'In neither pool nor chain for 10 min.' }],
  ])('%s is not brought back by asking again, and is settled once more at depth by the node', (kind, data) => {
    poll({ status: 'Settled' }, methods([settled]));
    byNode('payment.confirmations', { confirmations: 2, required: 2, block });
    byNode(kind, data);
    const { status, payments } = ledger.only;
    expect(status).toBe('awaiting');
    const before = ledger.events.length;
    poll({ status: 'Settled' }, methods([settled]));
    hear('InvoiceSettled');
    hear('InvoicePaymentSettled', { paymentMethodId: 'BTC-CHAIN', payment: settled });
    expect(ledger.events.slice(before)).toEqual([]);
    expect(ledger.only.payments).toEqual(payments);
    byNode('payment.confirmations', { confirmations: 2, required: 2, block });
    byNode('payment.settled', {});
    expect(ledger.only.status).toBe('paid');
  });

  it('before it was settled stays away while it is merely listed, and is back once it is settled', () => {
    poll({ status: 'Processing' }, methods([payment()]));
    byNode('payment.dropped', { reason: 'In neither pool nor chain for 10 min.' });
    poll({ status: 'Processing' }, methods([payment()]));
    expect(ledger.only).toMatchObject({ status: 'awaiting', payments: [{ state: 'dropped' }] });
    for (const list of [[payment()], [settled]]) {
      poll({ status: 'Settled', additionalStatus: 'Marked' }, methods(list));
      expect(ledger.only).toMatchObject({ status: 'paid', payments: [{ state: 'settled' }] });
    }
    byNode('payment.dropped', { reason: 'In neither pool nor chain for 10 min.' });
    const before = ledger.events.length;
    for (let n = 0; n < 2; n += 1) poll({ status: 'Settled' }, methods([settled]));
    expect(ledger.events).toHaveLength(before);
  });
});

describe('an invoice that is marked as invalid after it was settled', () => {
  it('is failed, its money seen, and paid once more when it is marked again', () => {
    poll({ status: 'Settled' }, methods([settled]));
    poll({ status: 'Invalid', additionalStatus: 'Marked' }, methods([settled]));
    expect(ledger.only).toMatchObject({ status: 'failed', payments: [{ state: 'seen' }] });
    expect(ledger.only.payments[0]?.settledBy).toBeUndefined();
    poll({ status: 'Settled', additionalStatus: 'Marked' }, methods([settled]));
    expect(ledger.only).toMatchObject({ status: 'paid', payments: [{ state: 'settled' }] });
  });
});

describe('a delivery', () => {
  it.each([
    'InvoiceCreated',
    'InvoiceReceivedPayment',
    'InvoiceProcessing',
    'InvoiceSettled',
    'InvoiceInvalid',
    'InvoiceExpired',
    'InvoiceExpiredPaidPartial',
    'InvoicePaidAfterExpiration',
    'InvoiceRefund',
    'InvoiceSomethingNew',
  ])('%s is a hint to its invoice, and creates nothing by itself', (type) => {
    const reading = readDelivery(options, delivery(webhook(type, { payment: payment(), paymentMethodId: 'BTC' })));
    expect(reading.about).toEqual([INVOICE]);
    expect(ledger.add('main', reading.reports)).toEqual([]);
  });

  it('is the same delivery under its original’s id', () => {
    const again = webhook('InvoiceSettled', { deliveryId: 'other', isRedelivery: true });
    const first = readDelivery(options, delivery(webhook('InvoiceSettled')));
    expect(readDelivery(options, delivery(again)).dedupeKey).toBe(first.dedupeKey);
    expect(readDelivery(options, delivery(webhook('X', { originalDeliveryId: null }))).dedupeKey).toBe('delivery-X');
  });

  it.each([
    ['of another store', { storeId: 'other' }],
    ['of the test button', { invoiceId: '__test__2f1c__test__' }],
    ['about no invoice', { invoiceId: undefined, payoutId: 'p' }],
  ])('%s is taken and means nothing', (_, fields) => {
    expect(readDelivery(options, delivery(webhook('InvoiceSettled', fields)))).toMatchObject({ reports: [] });
    expect(readDelivery(options, delivery(webhook('InvoiceSettled', fields))).about).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no type', '{"deliveryId":"d"}'],
    ['not UTF-8', Buffer.from([0xff, 0xfe]).toString('latin1')],
  ])('that is %s is unreadable', (_, body) => {
    expect(() => readDelivery(options, delivery(body))).toThrow(UnreadableDelivery);
  });

  it('that is old changes nothing that is newer', () => {
    hear('InvoiceExpired');
    poll({ status: 'Settled' }, methods([settled]));
    const { status } = ledger.only;
    for (const type of ['InvoiceCreated', 'InvoiceProcessing', 'InvoiceExpired', 'InvoiceInvalid']) hear(type);
    expect(ledger.only.status).toBe(status);
    poll({ status: 'Invalid', additionalStatus: 'Marked' }, methods([settled]));
    hear('InvoiceSettled');
    expect(ledger.only.status).toBe('failed');
  });

  it('that speaks of money which was replaced since does not bring it back', () => {
    poll({ status: 'Processing' }, methods([payment()]));
    poll({ status: 'New' }, methods());
    hear('InvoiceReceivedPayment', { paymentMethodId: 'BTC-CHAIN', payment: payment() });
    expect(ledger.only.payments).toMatchObject([{ state: 'dropped' }]);
  });

  it('says what it knows of an order that is known', () => {
    poll({ status: 'New' });
    hear('InvoiceReceivedPayment', { paymentMethodId: 'BTC-CHAIN', payment: payment() });
    expect(ledger.only).toMatchObject({ status: 'detected', payments: [{ seenAt: (T0 + 120) * 1000 }] });
    hear('InvoiceSettled');
    expect(ledger.only.status).toBe('paid');
  });
});
