/** What each processor's interface answers to the reconcile's questions, and what these make of it. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { orderId } from '../../../../../gateway/order-id.ts';
import { createPolledInvoices } from '../../../../../gateway/sources/btcpay/polled-invoices.ts';
import { cdpKey } from '../../../../../gateway/sources/coinbase-business/cdp-key.ts';
import { createPolledCheckouts } from '../../../../../gateway/sources/coinbase-business/polled-checkouts.ts';
import { createPolledPayments } from '../../../../../gateway/sources/crypto-com-pay/polled-payments.ts';
import { pollSettings } from '../../../../../gateway/sources/reconcile/polling-options.ts';
import type { ListAnswer, PolledProcessor } from '../../../../../gateway/sources/reconcile/processor-answer.ts';
import { invoice, methods, options as btcpay, payment } from '../btcpay/sample-invoices.ts';
import { checkout, options as coinbase } from '../coinbase-business/sample-checkouts.ts';
import { captured, orderAfter } from '../crypto-com-pay/order-after.ts';
import { envelope, options as cdc, payment as paymentObject, refund } from '../crypto-com-pay/sample-events.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const { signal } = new AbortController();
const NOW = 1_772_359_200_000;
const clock = { now: () => NOW };

interface Said {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** @param answer by the path and query that is asked for */
function polled(kind: 'cdc' | 'btcpay' | 'coinbase', answer: (path: string) => Said): PolledProcessor {
  const ask = async (url: string | URL | Request): Promise<Response> => {
    const { pathname, search } = new URL(url instanceof Request ? url.url : url);
    const { status = 200, body, headers = {} } = answer(pathname + search);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  const settings = pollSettings({ spacingMs: 0, fetch: ask });
  if (kind === 'cdc') return createPolledPayments(cdc, 'sk_test', settings, { clock });
  if (kind === 'btcpay') return createPolledInvoices(btcpay, settings, { clock });
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const secret = Buffer.concat([d, x].map((part) => Buffer.from(part, 'base64url'))).toString('base64');
  return createPolledCheckouts(coinbase, cdpKey('k', secret), settings, { clock });
}

const list = (kind: Parameters<typeof polled>[0], said: Said, cursor: string | null = null): Promise<ListAnswer> =>
  polled(kind, () => said).list(cursor, 0, signal);

const NO_LIST = { kind: 'no-list' };
const unreadable = { kind: 'failed', note: "its list can't be read: a proxy, or another version" };

describe('a list that is none', () => {
  it.each([
    // Documented second-hand: an interface without it is no trouble.
    ...([400, 404, 405, 406, 410, 422] as const).map((status) => ['cdc', { status, body: {} }, NO_LIST] as const),
    ['cdc', { body: { data: [] } }, NO_LIST],
    ['cdc', { status: 401, body: {} }, { kind: 'failed', note: 'refused the API key (401): check apiKey' }],
    ['cdc', { status: 403, body: {} }, { kind: 'failed', note: 'refused the API key (403): check apiKey' }],
    ['cdc', { status: 500, body: {} }, { kind: 'failed', note: 'the processor answered 500' }],
    ['cdc', { status: 405, body: '<html>' }, { kind: 'failed' }],
    ['btcpay', { status: 404, body: {} }, { note: 'answered 404 where its list is expected: check apiBase, storeId' }],
    ['btcpay', { body: { login: '/' } }, unreadable],
    ['btcpay', { status: 422, body: [] }, { kind: 'failed', note: 'the processor answered 422' }],
    ['coinbase', { status: 404, body: {} }, { note: 'answered 404 where its list is expected: check apiBase' }],
    ['coinbase', { body: [] }, unreadable],
  ] as const)('%s, %j', async (kind, said, expected) => {
    expect(await list(kind, said)).toMatchObject(expected);
  });

  it('is one of two MiB, and none of more than four', async () => {
    const body = (mib: number) => ({ body: `[${' '.repeat(mib * 1024 * 1024)}]` });
    expect(await list('btcpay', body(2))).toMatchObject({ kind: 'page', items: [], next: null });
    expect(await list('btcpay', body(4))).toMatchObject({ kind: 'failed', note: 'answered with more than 4 MiB' });
  });

  it.each([
    ['btcpay', (objects: object[]) => objects, invoice()],
    ['coinbase', (checkouts: object[]) => ({ checkouts }), checkout()],
    ['cdc', (items: object[]) => ({ items }), paymentObject()],
  ] as const)(
    '%s: single odd objects are left out, and nothing but odd ones is no list',
    async (kind, pageOf, good) => {
      const odd = [{ ...good, id: 1 }, { ...good, status: 7 }, { uuid: 'x' }];
      const items = async (...objects: object[]) => list(kind, { body: pageOf(objects) });
      expect(await items(...odd, good)).toMatchObject({ kind: 'page', items: [{ ref: good['id'] }] });
      expect(await items(...odd.slice(1))).toMatchObject({ kind: 'page', items: [] });
      expect(await items(...odd)).toMatchObject(unreadable);
    },
  );
});

describe('the next page at Crypto.com Pay', () => {
  const full = Array.from({ length: 50 }, () => paymentObject());
  it.each([
    [{ items: full, meta: { next_page: 4 } }, '4'],
    [{ items: full, meta: { next_page: '4' } }, '4'],
    [{ items: full, meta: { next_page: null } }, null],
    [{ items: full, meta: { next_page: 0 } }, null],
    [{ items: full, meta: { next_page: 3 } }, null],
    [{ items: full, meta: { next_page: 'none' } }, null],
    [{ items: full }, '4'],
    [{ items: full.slice(1) }, null],
  ])('%#', async (body, next) => {
    expect(await list('cdc', { body }, '3')).toMatchObject({ kind: 'page', next });
  });
});

describe('an interface that limits requests', () => {
  const said = (headers: Record<string, string>) => list('btcpay', { status: 429, body: '', headers });
  it.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': '30, 30' }, 30_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 10:00:30 GMT' }, 30_000],
    // Its clock is ahead of ours: by its own, it means 30 s.
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT', date: 'Sun, 01 Mar 2026 12:00:00 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 09:00:30 GMT', date: 'Sun, 01 Mar 2026 09:00:00 GMT' }, 30_000],
    [{ 'retry-after': '1772359230' }, null],
    [{}, null],
  ])('%j', async (headers, retryAfterMs) => {
    expect(await said(headers as Record<string, string>)).toMatchObject({ kind: 'failed', retryAfterMs });
  });
});

describe('an older BTCPay Server, whose list names no payment methods', () => {
  const settled = payment({ status: 'Settled' });
  const known = async (fields: object, payments: readonly object[]) => {
    const ledger = new MemoryLedger(() => NOW);
    const answer = await polled('btcpay', (path) => ({
      body: path.includes('payment-methods') ? methods(payments as never) : invoice({ ...fields }),
    })).look(String(invoice()['id']), undefined, signal);
    if (answer.kind !== 'learnt') throw new Error(answer.kind);
    ledger.add('main', answer.reports);
    return ledger.order('main', orderId('main', 'btcpay', String(invoice()['id'])));
  };

  it.each([
    ['New', 'None', [], { status: 'New' }, false],
    ['Settled', 'None', [settled], { status: 'Settled' }, false],
    ['Processing', 'None', [payment()], { status: 'Settled' }, true],
    ['Settled', 'None', [settled], { status: 'Invalid', additionalStatus: 'Marked' }, true],
    ['Invalid', 'None', [], { status: 'Invalid' }, false],
    ['Expired', 'None', [], { status: 'Expired', additionalStatus: 'PaidLate' }, true],
    ['Expired', 'None', [], { status: 'Expired' }, false],
  ] as const)('an order of %s, %s: case %#', async (status, also, paid, said, looks) => {
    const order = await known({ status, additionalStatus: also }, paid);
    const page = await list('btcpay', { body: [invoice(said)] });
    const [item] = page.kind === 'page' ? page.items : [];
    expect(item).toMatchObject({ complete: false, reports: [] });
    expect([item?.wantsLook(undefined), item?.wantsLook(order)]).toEqual([true, looks]);
  });
});

describe('a refund at Crypto.com Pay that is under way', () => {
  it('is asked for with its payment, which says nothing of it before it is done', async () => {
    const asked: string[] = [];
    const processor = polled('cdc', (path) => {
      asked.push(path);
      return { body: path.endsWith('/refunds') ? { items: [refund({ status: 'failed' })] } : paymentObject() };
    });
    const ref = String(paymentObject()['id']);
    await processor.look(ref, undefined, signal);
    expect(asked).toHaveLength(1);
    const pending = orderAfter(captured(), envelope('payment.refund_requested', refund()));
    const answer = await processor.look(ref, pending, signal);
    expect(asked.slice(1).map((path) => path.split('/').at(-1))).toEqual([ref, 'refunds']);
    const kinds = answer.kind === 'learnt' ? answer.reports.flatMap((each) => each.decide(pending)) : [];
    expect(kinds.map(({ kind }) => kind)).toEqual(['refund.failed']);
  });
});
