import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatUnits } from '../../../../../contract/money.ts';
import type { Order } from '../../../../../contract/order.ts';
import { createDiagnose } from '../../../../../gateway/diagnosis/evaluate.ts';
import { readDelivery } from '../../../../../gateway/sources/crypto-com-pay/read.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { delivery, Digits, envelope, fund, options, payment, refund, T0 } from './sample-events.ts';

const SEED = 20_260_301;
const diagnose = createDiagnose({ release: new Map(), watchedChains: new Set() });

/** The four event types of one payment, with what the processor may or may not say in each. */
function events(cents: bigint, asked: bigint, withFund: boolean, refunded: 'no' | 'part' | 'whole') {
  const asText = formatUnits(asked, 18);
  const written = asText.includes('.') ? asText : `${asText}.0`;
  const object = { amount: new Digits(cents.toString()), crypto_amount: written };
  const inbound = withFund ? { current_inbound_fund: fund({ amount: written }) } : {};
  const done = { ...object, ...inbound, status: 'succeeded', captured: true, settled_at: T0 + 300 };
  const back = refunded === 'whole' ? cents : cents / 2n + 1n;
  const money = { amount: new Digits((back > cents ? cents : back).toString()) };
  const refunds = [
    envelope('payment.refund_requested', refund(money), T0 + 900),
    envelope('payment.refund_transferred', refund({ ...money, status: 'succeeded' }), T0 + 950),
  ];
  const paid = [envelope('payment.created', payment(object)), envelope('payment.captured', payment(done), T0 + 300)];
  return refunded === 'no' ? paid : [...paid, ...refunds];
}

const story = fc.record({
  cents: fc.bigInt({ min: 1n, max: 10n ** 30n }),
  asked: fc.bigInt({ min: 1n, max: 10n ** 40n }),
  withFund: fc.boolean(),
  refunded: fc.constantFrom('no' as const, 'part' as const, 'whole' as const),
});

/** What must not depend on the order of arrival: everything but times of arrival and the log's own numbers. */
function essence(order: Order) {
  const { reference, price, pay, createdAt, expiresAt, graceUntil, status, received, refunds, flags, verdict } = order;
  const payments = order.payments.map(({ state, settledBy, amount, txHash }) => ({ state, settledBy, amount, txHash }));
  const codes = order.diagnosis.map(({ code }) => code);
  return {
    reference,
    price,
    pay,
    createdAt,
    expiresAt,
    graceUntil,
    status,
    received,
    refunds,
    flags,
    verdict,
    payments,
    codes,
  };
}

function play(deliveries: readonly ReturnType<typeof events>[number][]): MemoryLedger {
  const ledger = new MemoryLedger(() => T0 * 1000, diagnose);
  for (const each of deliveries) ledger.add('main', readDelivery(options, delivery(each)).reports);
  return ledger;
}

it('[DL10] any order and duplication of a payment’s deliveries ends in the processor’s own state', () => {
  const shuffled = story.chain((told) => {
    const all = events(told.cents, told.asked, told.withFund, told.refunded);
    return fc.record({
      told: fc.constant(told),
      all: fc.constant(all),
      // Every delivery at least once, some again, in any order.
      again: fc.array(fc.constantFrom(...all), { maxLength: 6 }),
      order: fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
    });
  });
  fc.assert(
    fc.property(shuffled, ({ told, all, again, order }) => {
      const deliveries = [...all, ...again]
        .map((each, index) => ({ each, rank: order[index] ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ each }) => each);
      const { only } = play(deliveries);
      expect(essence(only)).toEqual(essence(play(all).only));
      const whole = told.refunded === 'whole' || (told.refunded === 'part' && told.cents === 1n);
      expect(only.status).toBe(whole ? 'refunded' : 'paid');
      expect(only.price.amount).toBe(formatUnits(told.cents, 2));
      expect(only.received.map(({ amount }) => BigInt(amount))).toEqual([told.asked]);
    }),
    { seed: SEED, numRuns: 400 },
  );
});

it('[DL1] no event is doubled, however often a delivery repeats', () => {
  fc.assert(
    fc.property(story, fc.integer({ min: 2, max: 4 }), ({ cents, asked, withFund, refunded }, times) => {
      const all = events(cents, asked, withFund, refunded);
      const once = play(all);
      const often = play(all.flatMap((each) => Array.from({ length: times }, () => each)));
      expect(often.kinds()).toEqual(once.kinds());
      const later = play([...all, ...all]);
      expect(later.kinds()).toEqual(once.kinds());
    }),
    { seed: SEED, numRuns: 200 },
  );
});

it('an integer of any size is priced exactly, as a number and as a string', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 39n }), fc.boolean(), (units, asNumber) => {
      const amount = asNumber ? new Digits(units.toString()) : units.toString();
      const { only } = play([
        envelope('payment.created', payment({ currency: 'CRO', amount, crypto_amount: undefined })),
      ]);
      expect(only.price).toEqual({ currency: 'CRO', amount: formatUnits(units, 18) });
    }),
    { seed: SEED, numRuns: 300 },
  );
});
