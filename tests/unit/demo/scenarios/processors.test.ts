import { describe, expect, it } from 'vitest';
import type { ScenarioName } from '../../../../demo/scenarios/names.ts';
import { played } from '../stage/manual-stage.ts';

describe('processor scenarios', () => {
  const types = async (name: ScenarioName) =>
    (await played(name)).sent.map(({ type }) => type.slice('payment.'.length));

  it.each([
    ['processor', ['created', 'captured']],
    ['processor-underpaid', ['created']],
    ['processor-overpaid', ['created', 'captured']],
    ['processor-late', ['created', 'captured']],
    ['processor-expired', ['created']],
    ['processor-cancelled', ['created']],
    ['processor-on-chain', ['created', 'captured']],
    ['refunded', ['created', 'captured', 'refund_requested', 'refund_transferred']],
    ['partly-refunded', ['created', 'captured', 'refund_requested', 'refund_transferred']],
    ['test-mode', ['created', 'captured']],
    ['big-number', ['created', 'captured']],
  ] as const)('%s sends %j', async (name, expected) => {
    expect(await types(name)).toEqual(expected);
  });

  it('provisional tells of a refund before it tells of its payment', async () => {
    expect(await types('provisional')).toEqual(['refund_requested', 'captured', 'refund_transferred']);
  });

  it.each([
    ['btcpay', ['Created', 'ReceivedPayment', 'Processing', 'PaymentSettled', 'Settled']],
    ['btcpay-lightning', ['Created', 'ReceivedPayment', 'PaymentSettled', 'Processing', 'Settled']],
  ] as const)('%s tells %j', async (name, expected) => {
    const { invoiceEvents } = await played(name);
    expect(invoiceEvents.map(({ type }) => type)).toEqual(expected.map((type) => `Invoice${type}`));
  });

  it('btcpay names the transaction that is on the chain; bitcoin-replaced leaves one of two', async () => {
    const paid = await played('btcpay');
    const [payment] = paid.btcpay.invoices()[0]?.payments ?? [];
    expect(paid.bitcoin.find(payment?.id.slice(0, 64) ?? '')?.block).toMatchObject({ transactions: [{}] });
    const replaced = await played('bitcoin-replaced');
    expect(replaced.bitcoin.state().blocks.flatMap(({ transactions }) => transactions)).toHaveLength(1);
    expect(replaced.bitcoin.pool()).toEqual([]);
  });

  it('coinbase-refunded ends refunded', async () => {
    expect((await played('coinbase-refunded')).coinbase.checkouts()).toMatchObject([{ status: 'REFUNDED' }]);
  });

  it('big-number is priced at 10^20 base units of CRO', async () => {
    const { processor } = await played('big-number');
    expect(processor.payments()[0]).toMatchObject({
      currency: 'CRO',
      amount: '100000000000000000000',
      cryptoAmount: '100.0',
    });
  });

  it('test-mode is not live', async () => {
    expect((await played('test-mode')).processor.payments()[0]?.liveMode).toBe(false);
  });

  it('processor-on-chain names a transaction that is on the chain', async () => {
    const { processor, mined } = await played('processor-on-chain');
    expect(processor.payments()[0]?.inbound?.txnId).toBe(mined()[0]?.hash);
  });
});
