import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PollingOptions } from '../../../gateway/sources/reconcile/polling-options.ts';
import type { RunningReconcile } from '../../../gateway/sources/reconcile/reconcile.ts';
import { createCryptoComPay } from '../../../gateway/sources/crypto-com-pay/source.ts';
import {
  delivery,
  envelope,
  fund,
  json,
  options,
  payment,
  PAYMENT,
  refund,
} from '../../unit/gateway/sources/crypto-com-pay/sample-events.ts';
import { MemoryLedger } from '../../unit/gateway/sources/memory-ledger.ts';
import { answer, dripping, endless, notFound, page, PretendProcessor, silence } from './pretend-processor.ts';
import { PATIENCE } from '../../support/patience.ts';

/** Waits on a condition for as long as a busy machine may need. */
const eventually = (condition: () => void) => vi.waitFor(condition, { ...PATIENCE, interval: 5 });
const SECOND = '11111111-4c5e-4b0a-9a83-0d6a3f1f5b11';
const now = () => Math.floor(Date.now() / 1000);
const fresh = (fields: object = {}) => payment({ created: now(), expired_at: now() + 600, ...fields });

let processor: PretendProcessor;
let ledger: MemoryLedger;
let apiBase: string;
let heard: number;
let failures: string[];
let running: RunningReconcile | undefined;

beforeEach(async () => {
  processor = new PretendProcessor();
  ledger = new MemoryLedger(() => Date.now());
  apiBase = await processor.open();
  heard = 0;
  failures = [];
});

afterEach(async () => {
  await running?.close();
  await processor.close();
});

function source(polling: PollingOptions = {}) {
  const times = { intervalMs: 20, spacingMs: 1, timeoutMs: 5000, longestBackoffMs: 200, ...polling };
  return createCryptoComPay({ ...options, apiKey: 'sk_test', apiBase, polling: times });
}

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

function start(polling?: PollingOptions): RunningReconcile {
  const freshness = { heard: () => void (heard += 1), failed: (note: string) => void failures.push(note) };
  const started = source(polling).start?.({ ledger, clock: { now: () => Date.now() }, freshness, log });
  if (!started) throw new Error('a source with an API key must start');
  if (!('recheck' in started)) throw new Error('a poll must be able to look at one order');
  running = started as RunningReconcile;
  return running;
}

async function webhook(type: string, object: object): Promise<void> {
  const event = envelope(type, object as Record<string, unknown>, now());
  await ledger.append('main', source().read(delivery(event, now())).reports);
}

describe('what no webhook says', () => {
  it.each([
    ['cancellation', { status: 'cancelled' }, 'cancelled'],
    ['expiry', { expired: true }, 'expired'],
    ['detection', { current_inbound_fund: fund({ txn_created_at: undefined }) }, 'detected'],
    ['a capture whose webhook was lost', { status: 'succeeded', captured: true }, 'paid'],
  ])('%s is found by asking', async (_, fields, status) => {
    await webhook('payment.created', fresh());
    processor.replies.set(PAYMENT, answer(200, json(fresh(fields))));
    start();
    await eventually(() => expect(ledger.only.status).toBe(status));
    expect(processor.asked[0]?.authorization).toBe('Bearer sk_test');
    expect(heard).toBeGreaterThan(0);
  });

  it('is asked for open orders only', async () => {
    await webhook('payment.created', fresh());
    processor.replies.set(PAYMENT, answer(200, json(fresh({ status: 'cancelled' }))));
    start();
    await eventually(() => expect(ledger.only.status).toBe('cancelled'));
    const count = processor.count(PAYMENT);
    const probes = heard;
    await eventually(() => expect(heard).toBeGreaterThan(probes + 2));
    expect(processor.count(PAYMENT)).toBe(count);
  });

  it('a payment that only its refund speaks of is fetched at once', async () => {
    processor.replies.set(PAYMENT, answer(200, json(fresh({ status: 'succeeded', captured: true }))));
    start({ intervalMs: 60_000 });
    await eventually(() => expect(heard).toBe(1));
    await webhook('payment.refund_transferred', refund({ status: 'succeeded' }));
    await eventually(() =>
      expect(ledger.only).toMatchObject({ provisional: false, reference: 'A-1041', status: 'refunded' }),
    );
    expect(processor.count(PAYMENT)).toBe(1);
  });
});

it('trouble of the gateway’s own is logged in words, and is no trouble of the processor', async () => {
  await webhook('payment.created', fresh());
  processor.replies.set(PAYMENT, answer(200, json(fresh({ status: 'cancelled' }))));
  const full = vi.spyOn(ledger, 'openOrders').mockRejectedValue(new Error('database or disk is full'));
  start();
  await eventually(() =>
    expect(log.error.mock.lastCall).toEqual([
      { source: options.id, error: 'Error: database or disk is full' },
      'reconcile round failed',
    ]),
  );
  expect(failures).toEqual([]);
  full.mockRestore();
  await eventually(() => expect(ledger.only.status).toBe('cancelled'));
});

describe('a person who asks for a look', () => {
  it('gets it at once, of an order that is not open too', async () => {
    await webhook('payment.captured', fresh({ status: 'succeeded', captured: true }));
    processor.replies.set(PAYMENT, answer(200, json(fresh({ status: 'succeeded', captured: true, order_id: 'A-2' }))));
    const started = start({ intervalMs: 60_000 });
    await eventually(() => expect(heard).toBe(1));
    await started.recheck(ledger.only);
    expect(ledger.only.reference).toBe('A-2');
  });

  it('gets it before whatever webhooks asked for', async () => {
    await webhook('payment.created', fresh());
    const started = start({ intervalMs: 60_000, spacingMs: 5 });
    await eventually(() => expect(heard).toBeGreaterThan(0));
    for (let n = 100; n < 300; n += 1) started.hint(`hinted-${n}`);
    await started.recheck(ledger.only);
    expect(processor.asked.filter(({ path }) => path.includes('hinted-')).length).toBeLessThan(100);
  });

  it('gets it while trouble is waited out, but not before a Retry-After', async () => {
    await webhook('payment.created', fresh());
    processor.replies.set(PAYMENT, answer(503, 'down'));
    const started = start({ intervalMs: 60_000, longestBackoffMs: 60_000 });
    await eventually(() => expect(failures).toHaveLength(1));
    processor.replies.set(PAYMENT, answer(503, 'down', { 'retry-after': '60' }));
    await expect(started.recheck(ledger.only)).rejects.toThrow('503');
    await eventually(() => expect(failures).toHaveLength(2));
    await expect(started.recheck(ledger.only)).rejects.toThrow(/^it asked not to be asked for \d+ s more$/);
    await started.close();
    expect(processor.count(PAYMENT)).toBe(2);
  });
});

describe('the line', () => {
  it('[FR1] is proven where no order is open', async () => {
    start();
    await eventually(() => expect(heard).toBeGreaterThan(2));
    expect(failures).toEqual([]);
    expect(source().expectedIntervalMs).toBe(20);
    expect(createCryptoComPay(options).expectedIntervalMs).toBeNull();
    expect(createCryptoComPay(options).start).toBeUndefined();
  });

  it.each([
    ['a web page', page, /something other than JSON/],
    ['an empty answer', answer(200, ''), /something other than JSON/],
    ['a redirect', answer(302, '', { location: 'http://127.0.0.1:9/login' }), /redirect/],
    ['a refused key', answer(401, '{"error":{"type":"auth","code":"unauthorized"}}'), /API key/],
    ['a broken processor', answer(503, 'down'), /answered 503/],
    ['silence', silence, /no answer within 40 ms/],
    ['another payment', answer(200, json(payment({ id: SECOND }))), /another came/],
    ['a payment that is none', answer(200, '{"id":1}'), /can't be read/],
    ['a huge answer', answer(200, `{"id":"${'x'.repeat(5_000_000)}"}`), /more than 4 MiB/],
    ['more and more, without end', endless, /more than 4 MiB/],
    ['a body that never ends', dripping, /no answer within 40 ms/],
    ['an amount that is none', answer(200, json(payment({ amount: 'much' }))), /is not an amount/],
  ])('[FR1] that answers with %s is named', async (_, reply, note) => {
    await webhook('payment.created', fresh());
    processor.replies.set(PAYMENT, reply);
    start({ timeoutMs: reply === silence || reply === dripping ? 40 : 5000 });
    await eventually(() => expect(failures.join('\n')).toMatch(note));
    expect(ledger.kinds()).toEqual(['order.created']);
  });

  it('that is gone is named, and heard again once it is back', async () => {
    await processor.close();
    start();
    await eventually(() => expect(failures.length).toBeGreaterThan(1));
    expect(failures[0]).toMatch(/unreachable \(ECONNREFUSED\)/);
    expect(heard).toBe(0);
  });

  it('whose certificate is not trusted is named so, by its reason', async () => {
    const untrusted = Object.assign(new Error('a text with an address'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    start({ fetch: () => Promise.reject(new TypeError('fetch failed', { cause: untrusted })) });
    await eventually(() => expect(failures.length).toBeGreaterThan(0));
    expect(failures[0]).toBe('its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
  });

  it('[FR1] whose list fails is not called heard, while each open order gets its turn all the same', async () => {
    await webhook('payment.created', fresh());
    await webhook('payment.created', fresh({ id: SECOND, created: now() + 1 }));
    processor.replies.set('*', answer(500, '{}'));
    for (const id of [PAYMENT, SECOND]) processor.replies.set(id, answer(200, json(fresh({ id, order_id: 'seen' }))));
    start({ sweepMs: 60 });
    for (const id of [PAYMENT, SECOND]) await eventually(() => expect(processor.count(id)).toBeGreaterThan(3));
    const orders = await ledger.openOrders('main', 'cdc');
    expect(orders.map(({ reference }) => reference)).toEqual(['seen', 'seen']);
    expect([heard, new Set(failures)]).toEqual([
      0,
      new Set(['the processor answered 500', 'its list alone fails: the processor answered 500']),
    ]);
    processor.replies.set('*', notFound);
    await eventually(() => expect(heard).toBeGreaterThan(0));
  });

  it('whose list is long holds up no order', async () => {
    await webhook('payment.created', fresh());
    const other = (n: number) => fresh({ id: `${n}${PAYMENT.slice(4)}` });
    processor.replies.set(PAYMENT, answer(200, json(fresh({ order_id: 'seen' }))));
    processor.replies.set('*', (response, request) => {
      const page = Number(new URL(request.url ?? '', 'http://processor').searchParams.get('page'));
      answer(200, json({ items: [other(1000 + page)], meta: { next_page: page + 1 } }))(response, request);
    });
    start({ intervalMs: 60_000 });
    await eventually(() => expect(processor.count(PAYMENT)).toBe(1));
    expect(processor.asked.length).toBeLessThan(5);
  });

  it('recovers after trouble', async () => {
    processor.replies.set('*', answer(503, 'down'));
    start();
    await eventually(() => expect(failures.length).toBeGreaterThan(1));
    processor.replies.delete('*');
    await eventually(() => expect(heard).toBeGreaterThan(0));
  });
});

describe('manners', () => {
  it('trouble with one payment does not hold up the others', async () => {
    await webhook('payment.created', fresh());
    await webhook('payment.created', fresh({ id: SECOND, created: now() + 1 }));
    for (const reply of [answer(500, 'broken'), notFound, page]) {
      processor.replies.set(PAYMENT, reply);
      processor.replies.set(SECOND, answer(200, json(fresh({ id: SECOND }))));
      const asked = processor.count(SECOND);
      await running?.close();
      start();
      await eventually(() => expect(processor.count(SECOND)).toBeGreaterThan(asked));
    }
  });

  it('obeys Retry-After', async () => {
    processor.replies.set('*', answer(429, '{}', { 'retry-after': '1' }));
    start({ longestBackoffMs: 10 });
    await eventually(() => expect(failures).toHaveLength(1));
    processor.replies.delete('*');
    await eventually(() => expect(heard).toBe(1));
    const [first, second] = processor.asked;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it.each(['99999999999', '1772359200', 'Sun, 01 Mar 2099 10:00:00 GMT'])(
    'does not ask without a pause for a Retry-After that nobody means: %s',
    async (header) => {
      processor.replies.set('*', answer(429, '{}', { 'retry-after': header }));
      const started = start({ intervalMs: 200, longestBackoffMs: 200 });
      await eventually(() => expect(failures.length).toBeGreaterThan(1));
      const [first, second] = processor.asked;
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(90);
      await started.close();
    },
  );

  it('keeps to its budget: one question at a time, spaced', async () => {
    for (let n = 0; n < 5; n += 1) await webhook('payment.created', fresh({ id: `${n}${PAYMENT.slice(1)}` }));
    let open = 0;
    let most = 0;
    processor.replies.set('*', (response, request) => {
      open += 1;
      most = Math.max(most, open);
      response.on('finish', () => (open -= 1));
      notFound(response, request);
    });
    start({ spacingMs: 30 });
    await eventually(() => expect(processor.asked.length).toBeGreaterThanOrEqual(5));
    const [first, last] = [processor.asked[0]?.at ?? 0, processor.asked[4]?.at ?? 0];
    expect(last - first).toBeGreaterThanOrEqual(4 * 28);
    expect(most).toBe(1);
  });

  it('[FR1] is not called down for being limited now and then, but once it would be late', async () => {
    await webhook('payment.created', fresh());
    processor.replies.set(PAYMENT, answer(200, json(fresh())));
    const limited = answer(429, '{}');
    let asked = 0;
    processor.replies.set('*', (response, request) => ((asked += 1) % 2 === 0 ? limited : notFound)(response, request));
    start({ sweepMs: 20 });
    await eventually(() => expect(asked).toBeGreaterThan(12));
    expect(failures).toEqual([]);
    for (const ref of ['*', PAYMENT]) processor.replies.set(ref, limited);
    await eventually(() => expect(failures).toContain('too many requests: polling more slowly'));
  });

  it('closes at once, in mid-request and in mid-wait, and more than once', async () => {
    processor.replies.set('*', silence);
    const hanging = start();
    await eventually(() => expect(processor.asked).toHaveLength(1));
    await hanging.close();
    await hanging.close();
    processor.replies.set('*', notFound);
    const waiting = start({ intervalMs: 3_600_000 });
    await eventually(() => expect(heard).toBe(1));
    await waiting.close();
    expect(failures).toEqual([]);
  });
});
