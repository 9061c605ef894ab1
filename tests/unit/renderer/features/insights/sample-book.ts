/** Orders of any kind, for the tests of what counts them. */
import fc from 'fast-check';
import { chainFlags, moneyFlags, orderStatuses } from '../../../../../contract/order.ts';
import type { Order, Payment } from '../../../../../contract/order.ts';
import { counts, sumOf } from '../../../../../contract/settlement.ts';
import { sampleOrder, samplePayment } from '../../../../support/fake-bridge/sample-orders.ts';

/** Around the end of summer time in Europe: the 25th of October 2026 has 25 hours in Lisbon. */
export const AROUND = Date.UTC(2026, 9, 25, 12);
const DAY_MS = 86_400_000;

const payments = fc.array(
  fc.record({
    afterMs: fc.integer({ min: -2000, max: 4_000_000 }),
    state: fc.constantFrom<Payment['state']>('seen', 'confirming', 'settled', 'dropped', 'reorged'),
    symbol: fc.constantFrom('USDC', 'ETH'),
  }),
  { maxLength: 3 },
);

/** An order within three days of `AROUND`, in any state that orders can be in. */
export function anyOrder(stores: readonly string[]): fc.Arbitrary<Order> {
  const fields = fc.record({
    n: fc.nat({ max: 5000 }),
    store: fc.constantFrom(...stores),
    source: fc.constantFrom('shop', 'cdc', 'btcpay'),
    atMs: fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }),
    paidAfterMs: fc.option(fc.integer({ min: 0, max: DAY_MS }), { nil: undefined }),
    status: fc.constantFrom(...orderStatuses),
    live: fc.boolean(),
    provisional: fc.option(fc.boolean(), { nil: undefined }),
    currency: fc.constantFrom('USD', 'EUR', 'JPY'),
    amount: fc.constantFrom('19.99', '0.01', '1200', '90071992547409931.07', '3.333333333333333333'),
    flags: fc.uniqueArray(fc.constantFrom(...moneyFlags, ...chainFlags), { maxLength: 3 }),
    payments,
  });
  return fields.map(({ n, store, source, atMs, paidAfterMs, status, live, provisional, currency, ...rest }) => {
    const createdAt = AROUND + atMs;
    const base = sampleOrder(n, AROUND, { store, source, createdAt, status, live });
    const seen = rest.payments.map(({ afterMs, state, symbol }, at) =>
      samplePayment(base, n + at, { seenAt: createdAt + afterMs, state, symbol, asset: symbol.toLowerCase() }),
    );
    return {
      ...base,
      ...{
        price: { currency, amount: rest.amount },
        flags: rest.flags,
        payments: seen,
        received: sumOf(seen.filter(counts)),
      },
      ...(paidAfterMs !== undefined && { paidAt: createdAt + paidAfterMs }),
      ...(provisional !== undefined && { provisional }),
    };
  });
}
