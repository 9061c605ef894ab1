import { describe, expect, it } from 'vitest';
import { polledReports, readDelivery } from '../../../../../gateway/sources/crypto-com-pay/read.ts';
import { paymentObjectSchema } from '../../../../../gateway/sources/crypto-com-pay/schema.ts';
import { parseLossless } from '../../../../../gateway/sources/lossless-json.ts';
import { after, captured, created, withFund } from './order-after.ts';
import { delivery, envelope, fund, json, options, payment, T0 } from './sample-events.ts';

describe('endings', () => {
  const polled = (fields: object, now: number) =>
    polledReports(
      options,
      paymentObjectSchema.parse(parseLossless(Buffer.from(json(payment({ ...fields }))))),
      now * 1000,
    );

  it('cancelled, once, and over an expiry', () => {
    const ledger = after([created]);
    ledger.add('main', polled({ expired: true }, T0 + 700));
    ledger.add('main', polled({ status: 'cancelled' }, T0 + 701));
    ledger.add('main', polled({ status: 'cancelled', expired: true }, T0 + 702));
    expect(ledger.kinds()).toEqual(['order.created', 'order.expired', 'order.cancelled']);
    expect(ledger.only.status).toBe('cancelled');
  });

  it('cancelled in either spelling, by a webhook too', () => {
    const ledger = after([created]);
    ledger.add('main', polled({ status: 'canceled' }, T0 + 10));
    expect(ledger.only.status).toBe('cancelled');
    const told = readDelivery(options, delivery(envelope('payment.cancelled', payment({ status: 'canceled' }))));
    expect(ledger.add('main', told.reports)).toEqual([]);
  });

  it('expired by the processor or by time, once', () => {
    for (const [fields, now] of [
      [{ expired: true }, T0 + 10],
      [{ status: 'expired', expired: undefined }, T0 + 10],
      [{}, T0 + 600],
    ] as const) {
      const ledger = after([created]);
      ledger.add('main', polled(fields, now));
      ledger.add('main', polled(fields, now + 100));
      expect(ledger.kinds()).toEqual(['order.created', 'order.expired']);
      expect(ledger.events[1]?.at.occurred).toBe((T0 + 600) * 1000);
    }
  });

  it('not before its time, and not with the money seen', () => {
    const ledger = after([created]);
    ledger.add('main', polled({}, T0 + 599));
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    ledger.add('main', polled({ current_inbound_fund: fund() }, T0 + 601));
    expect(ledger.only).toMatchObject({ status: 'detected' });
    expect(ledger.kinds()).not.toContain('order.expired');
  });

  it('never after the processor settled', () => {
    const ledger = after([captured()]);
    ledger.add('main', polled({ status: 'cancelled', expired: true }, T0 + 900));
    expect(ledger.only).toMatchObject({ status: 'paid' });
    expect(ledger.only.ended).toBeUndefined();
  });

  it('a poll corrects an open order and no settled one', () => {
    const ledger = after([created]);
    ledger.add('main', polled({ expired_at: T0 + 1200, crypto_amount: '251.0' }, T0 + 20));
    expect(ledger.only).toMatchObject({ expiresAt: (T0 + 1200) * 1000, pay: [{ amount: '251000000000000000000' }] });
    ledger.add('main', readDelivery(options, delivery(created)).reports);
    expect(ledger.only.expiresAt).toBe((T0 + 1200) * 1000);
  });
});
