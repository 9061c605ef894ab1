import { parse, stringify } from 'lossless-json';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerApi } from '../../../../../demo/processors/crypto-com-pay/api.ts';
import { createProcessor, ProcessorError } from '../../../../../demo/processors/crypto-com-pay/processor.ts';
import type { Envelope, PaymentRequest, Processor } from '../../../../../demo/processors/crypto-com-pay/processor.ts';
import { seededRandom } from '../../../../../demo/clock/random.ts';

const START = 1_790_000_000_000;
const request: PaymentRequest = {
  orderId: 'A-1',
  currency: 'USD',
  amount: '2500',
  cryptoCurrency: 'CRO',
  cryptoAmount: '208.33',
  depositAddress: '0x00000000000000000000000000000000000000aa',
  method: 'Crypto.com App',
  description: 'Coffee',
  customerName: 'Ana Berg',
  customerEmail: 'ana.berg@example.com',
  liveMode: true,
  timeWindow: 600,
};

let now: number;
let sent: Envelope[];
let processor: Processor;
beforeEach(() => {
  now = START;
  sent = [];
  processor = createProcessor({
    random: seededRandom('p'),
    now: () => now,
    onWebhook: (envelope) => sent.push(envelope),
  });
});

function call(method: string, path: string, body?: unknown, authorization = 'Bearer sk_1') {
  const parts = {
    processor,
    apiKey: 'sk_1',
    now: () => now,
    quote: () => ({ cryptoCurrency: 'CRO', cryptoAmount: '1.0', depositAddress: '0xaa' }),
  };
  const answer = answerApi(
    { method, path, authorization, body: body === undefined ? '' : (stringify(body) ?? '') },
    parts,
  );
  return { status: answer.status, body: answer.body as Record<string, unknown> };
}

const inbound = { txnId: '0x1', from: '0xbb', amount: '208.33', currency: 'CRO', mismatch: null, at: START / 1000 };

describe('the pretend Crypto.com Pay', () => {
  it('tells of a creation, a capture and refunds, and of nothing else', () => {
    const { id } = processor.create(request);
    processor.fund(id, inbound);
    processor.capture(id);
    const refund = processor.requestRefund(id, '1000', 'because');
    processor.transferRefund(id, refund.id);
    processor.cancel(processor.create(request).id);
    expect(sent.map(({ type, object_type }) => `${object_type} ${type}`)).toEqual([
      'payment payment.created',
      'payment payment.captured',
      'refund payment.refund_requested',
      'refund payment.refund_transferred',
      'payment payment.created',
    ]);
    expect(new Set(sent.map((envelope) => envelope.id)).size).toBe(5);
    expect(sent[3]?.data.object).toMatchObject({ payment_id: id, status: 'succeeded', amount: 1000n });
  });

  it('shows a payment as its API documents it', () => {
    const { id } = processor.create(request);
    processor.fund(id, inbound);
    now += 60_000;
    expect(call('GET', `/payments/${id}`)).toMatchObject({
      status: 200,
      body: {
        id,
        amount: 2500n,
        status: 'pending',
        captured: false,
        expired: false,
        live_mode: true,
        created: START / 1000,
        expired_at: START / 1000 + 600,
        time_window: 600,
        remaining_time: 540,
        current_inbound_fund: { txn_id: '0x1', currency: 'CRO', amount: '208.33', is_within_threshold: true },
      },
    });
  });

  it('lets a pending payment expire without a word', () => {
    const { id } = processor.create(request);
    now += 600_000;
    expect(call('GET', `/payments/${id}`).body).toMatchObject({ expired: true, status: 'pending', remaining_time: 0 });
    expect(sent).toHaveLength(1);
    expect(call('POST', `/payments/${id}/cancel`)).toMatchObject({ status: 400 });
  });

  it('keeps amounts beyond 2^53 exact on the wire', () => {
    const { id } = processor.create({ ...request, currency: 'CRO', amount: '100000000000000000001' });
    const text = stringify(call('GET', `/payments/${id}`).body) ?? '';
    expect(text).toContain('"amount":100000000000000000001,');
    expect(parse(text)).toMatchObject({ id });
  });

  it('refunds no more than what is left, and only what was captured', () => {
    const { id } = processor.create(request);
    expect(() => processor.requestRefund(id, '1', 'x')).toThrow(ProcessorError);
    processor.capture(id);
    processor.requestRefund(id, '2000', 'x');
    expect(() => processor.requestRefund(id, '501', 'x')).toThrow(/more than what is left/);
    processor.requestRefund(id, '500', 'x');
    expect(call('GET', `/payments/${id}`).body).toMatchObject({ amount_refunded: 2500n, refunded: true });
    expect(call('GET', `/payments/${id}/refunds`).body['items']).toHaveLength(2);
  });

  it('continues from what was saved', () => {
    const { id } = processor.create(request);
    processor.capture(id);
    const state = structuredClone(processor.state());
    const again = createProcessor({ random: seededRandom('q'), now: () => now, onWebhook: () => undefined, state });
    expect(again.payment(id)).toEqual(processor.payment(id));
  });
});

describe("the pretend Crypto.com Pay's REST interface", () => {
  it('takes the key as bearer or as basic without a password, and nothing else', () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const status = (authorization: string) => call('GET', '/payments', undefined, authorization).status;
    expect([status('Bearer sk_1'), status(basic('sk_1:'))]).toEqual([200, 200]);
    expect(['', 'Bearer sk_2', basic('sk_1:x'), basic('sk_1')].map(status)).toEqual([401, 401, 401, 401]);
    expect(call('GET', '/payments', undefined, '').body).toEqual({
      error: {
        type: 'authentication_error',
        code: 'invalid_api_key',
        error_message: 'The API key is missing or wrong.',
      },
    });
  });

  it('creates a payment, lists the newest first by pages, and refunds', () => {
    const created = call('POST', '/payments', { amount: 500, currency: 'USD', order_id: 'B-1' });
    expect(created).toMatchObject({ status: 200, body: { amount: 500n, order_id: 'B-1', status: 'pending' } });
    call('POST', '/payments', { amount: '100000000000000000000', currency: 'CRO', order_id: 'B-2' });
    const page = call('GET', '/payments?page=1&per_page=1').body;
    expect(page['items']).toMatchObject([{ order_id: 'B-2', amount: 100000000000000000000n }]);
    expect(page['meta']).toMatchObject({ current_page: 1, next_page: 2, total_pages: 2 });
    const id = String(created.body['id']);
    processor.capture(id);
    const refund = call('POST', '/refunds', { payment_id: id, currency: 'USD', amount: 500 });
    expect(refund).toMatchObject({ status: 200, body: { payment_id: id, status: 'pending' } });
    expect(call('GET', `/refunds/${String(refund.body['id'])}`).body).toMatchObject({ amount: 500n });
  });

  const refused: readonly (readonly [string, string, string, unknown, number, string | undefined])[] = [
    ['a fraction', 'POST', '/payments', { amount: 5.5, currency: 'USD', order_id: 'x' }, 400, 'amount'],
    ['a negative amount', 'POST', '/payments', { amount: -5, currency: 'USD', order_id: 'x' }, 400, 'amount'],
    ['a payment without an order', 'POST', '/payments', { amount: 5, currency: 'USD' }, 400, 'order_id'],
    ['no body', 'POST', '/payments', undefined, 400, undefined],
    ['an unknown payment', 'GET', '/payments/nope', undefined, 404, 'id'],
    ['a refund of nothing known', 'POST', '/refunds', { payment_id: 'x', currency: 'USD', amount: 1 }, 400, 'currency'],
    ['an unknown refund', 'GET', '/refunds/nope', undefined, 404, 'id'],
    ['an unknown address', 'DELETE', '/payments/x', undefined, 404, undefined],
  ];
  it.each(refused)('refuses %s and names the parameter', (_, method, path, body, status, param) => {
    const answer = call(method, path, body);
    expect(answer.status).toBe(status);
    expect((answer.body['error'] as { param?: string }).param).toBe(param);
  });
});
