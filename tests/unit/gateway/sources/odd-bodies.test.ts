/**
 * Whatever a processor puts into its fields: a body is read, or said to be unreadable. What is read fits the contract, and
 * read once more it says nothing new. Nothing of it is left for the ledger to trip over, where it would stay pending.
 */
import fc from 'fast-check';
import { LosslessNumber, stringify } from 'lossless-json';
import { expect, it } from 'vitest';
import { eventEnvelopeSchema, knownEvent } from '../../../../contract/events.ts';
import { orderSchema } from '../../../../contract/order.ts';
import type { Report } from '../../../../gateway/ledger.ts';
import { readDelivery as readBtcPay } from '../../../../gateway/sources/btcpay/read.ts';
import { createPolledInvoices } from '../../../../gateway/sources/btcpay/polled-invoices.ts';
import { readDelivery as readCoinbase } from '../../../../gateway/sources/coinbase-business/read.ts';
import { readDelivery as readCryptoCom } from '../../../../gateway/sources/crypto-com-pay/read.ts';
import { createPolledPayments } from '../../../../gateway/sources/crypto-com-pay/polled-payments.ts';
import { pollSettings } from '../../../../gateway/sources/reconcile/polling-options.ts';
import type { PolledProcessor } from '../../../../gateway/sources/reconcile/processor-answer.ts';
import { UnreadableDelivery } from '../../../../gateway/sources/source.ts';
import type { RawDelivery, Reading } from '../../../../gateway/sources/source.ts';
import { BITCOIN, invoice, methods, options as btcpay, payment, webhook } from './btcpay/sample-invoices.ts';
import { checkout, HASH, options as coinbase, refund as checkoutRefund } from './coinbase-business/sample-checkouts.ts';
import { envelope, fund, options as cdc, payment as cdcPayment, refund } from './crypto-com-pay/sample-events.ts';
import { MemoryLedger } from './memory-ledger.ts';

const RECEIVED = 1_772_359_400_000;
const RUNS = 250;
const chains = [
  { id: 'eip155:25', tokens: [] },
  { id: BITCOIN, tokens: [] },
  { id: 'eip155:8453', tokens: [] },
];

const written = ['1e400', '-0', '1E+2', '0.1', '-1', '9007199254740993', '1772359200', '1772359200000', '99999999999'];
const texts = [
  ...['', ' ', '0', '-1', '+5', '.5', '5.', '1e3', '1E-3', '1e99', '1,5', '0x10', 'NaN', 'Infinity', '１２'],
  ...['9'.repeat(78), '9'.repeat(79), `0.${'0'.repeat(40)}1`, 'x'.repeat(200), 'x'.repeat(5000), '😀'.repeat(140)],
  ...[
    '\u0000',
    '_',
    '-1',
    'ß'.repeat(16),
    '__proto__',
    'constructor',
    'usd',
    'BTC',
    'CRO_CRONOS',
    `${'a'.repeat(64)}-0`,
  ],
  ...['pending', 'succeeded', 'canceled', 'Settled', 'Invalid', 'PaidLate', 'COMPLETED', 'REFUNDED', 'FAILED'],
  ...['2026-03-01T10:00:00Z', '2026-03-01', '+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', 'soon'],
];
const values = [null, undefined, true, false, [], {}, ['a'], { a: 1 }, ...texts];
const odd = fc.oneof(
  fc.constantFrom<unknown>(...values),
  fc.constantFrom(...written).map((n) => new LosslessNumber(n)),
);
const changes = fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 });

type Place = readonly [holder: Record<string, unknown>, key: string];

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || value instanceof LosslessNumber) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key): Place[] => [[holder, key], ...placesIn(holder[key])]);
}

function changed(sample: unknown, given: readonly (readonly [number, unknown])[]): string {
  const copy: unknown = structuredClone(sample);
  for (const [at, value] of given) {
    const places = placesIn(copy);
    const [holder, key] = places[at % places.length] ?? [{}, ''];
    holder[key] = value;
  }
  return stringify(copy) ?? '';
}

async function fits(ledger: MemoryLedger, reports: readonly Report[]): Promise<void> {
  ledger.add('main', reports);
  for (const event of ledger.events) knownEvent(eventEnvelopeSchema.parse(event));
  for (const id of new Set(ledger.events.map(({ order }) => order))) {
    orderSchema.parse(await ledger.order('main', id ?? ''));
  }
  const said = ledger.events.length;
  ledger.add('main', reports);
  expect(ledger.events.slice(said)).toEqual([]);
}

const funded = { ...cdcPayment(), current_inbound_fund: fund(), metadata: { customer_name: 'Ada' } };
const settled = { status: 'COMPLETED', transactionHash: HASH, refunds: [checkoutRefund({ status: 'COMPLETED' })] };
const settlement = { totalAmount: '100.50', feeAmount: '1', netAmount: '99.5', currency: 'USDC' };

const deliveries: readonly (readonly [string, unknown, (delivery: RawDelivery) => Reading])[] = [
  ['a payment', envelope('payment.captured', funded), (each) => readCryptoCom({ ...cdc, chains }, each)],
  ['a refund', envelope('payment.refund_transferred', refund()), (each) => readCryptoCom({ ...cdc, chains }, each)],
  [
    'an invoice',
    webhook('InvoiceReceivedPayment', { payment: payment(), paymentMethodId: 'BTC-CHAIN' }),
    (each) => readBtcPay({ ...btcpay, chains }, each),
  ],
  [
    'a checkout',
    { ...checkout({ ...settled, settlement }), eventType: 'checkout.payment.success' },
    (each) => readCoinbase({ ...coinbase, chains }, each),
  ],
];

/** Most bodies are read all the same: else nothing would be tried here. */
const ENOUGH = RUNS / 4;

it.each(deliveries)('a delivery of %s', async (_, sample, read) => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(changes, changes, async (first, second) => {
      const ledger = new MemoryLedger(() => RECEIVED);
      for (const body of [changed(sample, first), changed(sample, second)]) {
        try {
          await fits(ledger, read({ headers: {}, body: Buffer.from(body), receivedAt: RECEIVED }).reports);
          taken += 1;
        } catch (error) {
          if (!(error instanceof UnreadableDelivery)) throw error;
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(taken).toBeGreaterThan(ENOUGH);
});

type Polled = (answer: (path: string) => string) => PolledProcessor;

const clock = { now: () => RECEIVED };
const settings = (answer: (path: string) => string) =>
  pollSettings({
    spacingMs: 0,
    fetch: async (url) => new Response(answer(url instanceof Request ? url.url : String(url))),
  });

interface Parts {
  readonly one: Readonly<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

const polls: readonly (readonly [string, Parts, Polled, (path: string) => string])[] = [
  [
    'a payment with its refunds',
    { one: { ...funded, refunded: true, amount_refunded: 1000 }, refunds: [refund()] },
    (answer) => createPolledPayments({ ...cdc, chains }, 'sk', settings(answer), { clock }),
    (path) => (path.endsWith('/refunds') ? 'refunds' : 'one'),
  ],
  [
    'an invoice with its methods',
    { one: invoice({ status: 'Settled' }), methods: methods([payment(), payment({ id: 'b'.repeat(64) })]) },
    (answer) => createPolledInvoices({ ...btcpay, chains }, settings(answer), { clock }),
    (path) => (path.includes('payment-methods') ? 'methods' : 'one'),
  ],
];

it.each(polls)('a poll of %s', async (_, sample, polled, partOf) => {
  let learnt = 0;
  await fc.assert(
    fc.asyncProperty(changes, async (given) => {
      const parts = new Map(Object.entries(sample).map(([name, part]) => [name, changed(part, given)]));
      const inner = (path: string): string => parts.get(partOf(path)) ?? '';
      const ref = String(sample.one['id']);
      const answer = await polled(inner).look(ref, undefined, new AbortController().signal);
      if (answer.kind !== 'learnt') return;
      await fits(new MemoryLedger(() => RECEIVED), answer.reports);
      learnt += 1;
    }),
    { numRuns: RUNS },
  );
  expect(learnt).toBeGreaterThan(ENOUGH);
});
