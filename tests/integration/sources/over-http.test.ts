/** Each pretend processor over real HTTP, on both ways: its webhooks to a real gateway, that gateway's polls to it. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mock } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import { openApiServer } from '../../../demo/http/api-server.ts';
import type { AnswerApi, ApiServer } from '../../../demo/http/api-server.ts';
import { PretendBtcPay } from '../../../demo/processors/btcpay/server.ts';
import { answerBtcPay, btcPayHabits } from '../../../demo/processors/btcpay/api.ts';
import { PretendCoinbase } from '../../../demo/processors/coinbase/checkouts.ts';
import { answerCoinbase, coinbaseHabits } from '../../../demo/processors/coinbase/api.ts';
import { rateLimited } from '../../../demo/http/rate-limit.ts';
import { seededRandom } from '../../../demo/clock/random.ts';
import { createTimers, systemTimers } from '../../../demo/clock/timers.ts';
import type { Timers } from '../../../demo/clock/timers.ts';
import { createWebhookSender } from '../../../demo/processors/webhook-sender.ts';
import type { WebhookHabits, WebhookSender } from '../../../demo/processors/webhook-sender.ts';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { compose } from '../../../gateway/compose.ts';
import { parseConfig } from '../../../gateway/config/parse-config.ts';
import type { Logger } from '../../../gateway/logger.ts';
import { orderId } from '../../../gateway/order-id.ts';
import { PATIENCE } from '../../support/patience.ts';

const random = seededRandom('over http');
const prompt = { doubled: 0.5, overtaken: 0, overtakenMs: [0, 0], forgotten: 0 } as const;

let folder: string;
let timers: Timers;
let gateway: Gateway | undefined;
let server: ApiServer | undefined;
let sender: WebhookSender | undefined;
let hook: string | null;
let asked: { status: number; at: number }[];
let warnings: Mock<Logger['warn']>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillwatch-http-'));
  timers = createTimers(systemTimers);
  hook = null;
  asked = [];
  warnings = vi.fn();
});

afterEach(async () => {
  timers.close();
  await sender?.close();
  await gateway?.close();
  await server?.close();
  await rm(folder, { recursive: true });
});

function sends(habits: WebhookHabits): WebhookSender {
  sender = createWebhookSender({ habits, url: () => hook, random, timers, fetch, onTrouble: () => undefined });
  return sender;
}

async function serve(answer: AnswerApi, base: string): Promise<string> {
  const noted: AnswerApi = (request) => {
    const answered = answer(request);
    asked.push({ status: answered.status, at: performance.now() });
    return answered;
  };
  server = await openApiServer({ [base]: noted }, 0);
  return server.url + base;
}

async function start(source: object): Promise<void> {
  const parsed = parseConfig(
    JSON.stringify({ sources: [{ id: 's', store: 'main', pollSeconds: 0.1, ...source }] }),
    {},
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const log = { debug: vi.fn(), info: vi.fn(), warn: warnings, error: vi.fn() };
  gateway = await createGateway(compose(parsed.config, { version: 'test', dataDir: folder, clock: Date, log }));
  hook = `${await gateway.listen({ port: 0, host: '127.0.0.1' })}/v1/webhooks/s`;
}

function order(ref: string): Promise<Order | undefined> {
  return gateway?.storage.ledger.order('main', orderId('main', 's', ref)) ?? Promise.resolve(undefined);
}

async function becomes(ref: string, expected: object): Promise<void> {
  await vi.waitFor(async () => expect(await order(ref)).toMatchObject(expected), { ...PATIENCE, interval: 20 });
}

describe('BTCPay Server', () => {
  const methods = [{ id: 'BTC-CHAIN', destination: 'bc1qexample', due: 10_601n, decimals: 8 }];
  let btcpay: PretendBtcPay;

  async function open(limit?: { requests: number; windowMs: number }): Promise<void> {
    const sending = sends(btcPayHabits('whsec', random, prompt));
    btcpay = new PretendBtcPay({ storeId: 'shop', random, timers, onWebhook: (event) => sending.send(event) });
    const answer: AnswerApi = (request) => answerBtcPay(request, { btcpay, apiKey: 'key', quote: () => methods });
    const apiBase = await serve(limit ? rateLimited(answer, limit, () => Date.now()) : answer, '');
    await start({ kind: 'btcpay', webhookSecrets: ['whsec'], apiKey: 'key', apiBase, storeId: 'shop' });
  }

  it('an invoice is followed from its webhook to its payment, and back when that is replaced', async () => {
    await open();
    const { id } = btcpay.create({ orderId: 'A-1', currency: 'EUR', amount: '19.90', methods });
    await becomes(id, { status: 'awaiting', reference: 'A-1', price: { amount: '19.9' } });
    const first = btcpay.pay(id, 'BTC-CHAIN', 10_601n);
    await becomes(id, { status: 'detected' });
    btcpay.replace(id, first.id);
    await becomes(id, { status: 'awaiting', payments: [{ state: 'dropped' }] });
    btcpay.confirm(id, btcpay.pay(id, 'BTC-CHAIN', 10_601n).id);
    await becomes(id, { status: 'paid', payments: [{ state: 'dropped' }, { state: 'settled' }] });
  });

  it('an interface that limits requests is asked no sooner than it allows', async () => {
    await open({ requests: 2, windowMs: 1000 });
    const { id } = btcpay.create({ orderId: 'A-1', currency: 'EUR', amount: '19.90', methods });
    await becomes(id, { status: 'awaiting' });
    const refused = (): number[] =>
      asked.flatMap(({ status, at }, index) => (status === 429 && asked[index + 1] ? [at] : []));
    await vi.waitFor(() => expect(refused().length).toBeGreaterThan(1), { ...PATIENCE, interval: 50 });
    for (const at of refused()) {
      const next = asked.find((each) => each.at > at);
      expect((next?.at ?? 0) - at).toBeGreaterThanOrEqual(990);
    }
  });
});

describe('Coinbase Business', () => {
  let coinbase: PretendCoinbase;

  async function open(forged = false): Promise<void> {
    const sending = sends(coinbaseHabits('whsec', prompt));
    coinbase = new PretendCoinbase({ random, timers, onWebhook: (event) => sending.send(event) });
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const other = generateKeyPairSync('ed25519').privateKey;
    const { d = '', x = '' } = (forged ? other : privateKey).export({ format: 'jwk' });
    const secret = Buffer.concat([d, x].map((part) => Buffer.from(part, 'base64url'))).toString('base64');
    const now = (): number => Date.now();
    const apiBase = await serve(
      (request) => answerCoinbase(request, { coinbase, keyId: 'k', publicKey, now }),
      '/api/v1',
    );
    await start({ kind: 'coinbase-business', webhookSecrets: ['whsec'], apiKeyId: 'k', apiKeySecret: secret, apiBase });
  }

  it('a checkout nobody told of is found, its payment and its refund followed', async () => {
    await open();
    const { id } = coinbase.create({ orderId: 'A-2', amount: '12.50', lifeMs: 600_000 });
    await becomes(id, { status: 'awaiting', reference: 'A-2' });
    coinbase.process(id);
    await becomes(id, { status: 'detected', payments: [{ txHash: null }] });
    coinbase.complete(id);
    await becomes(id, { status: 'paid', payments: [{ txHash: coinbase.checkout(id)?.transactionHash }] });
    const { id: refund } = coinbase.requestRefund(id, '12.50');
    coinbase.endRefund(id, refund, 'COMPLETED');
    await becomes(id, { status: 'refunded' });
  });

  it('a key that is refused is named, and webhooks are taken all the same', async () => {
    await open(true);
    const { id } = coinbase.create({ orderId: 'A-3', amount: '12.50', lifeMs: 600_000 });
    coinbase.complete(id);
    await becomes(id, { status: 'paid' });
    const warned = () => warnings.mock.calls.map(([, message]) => message).join('\n');
    await vi.waitFor(() => expect(warned()).toContain('refused the API key (401)'), PATIENCE);
  });

  it('[FR1] a webhook that comes does not make a line heard whose key is refused', async () => {
    await open(true);
    const states = async () => {
      const events = (await gateway?.storage.log.read('main', 0, 1000, 1e6)) ?? [];
      return events.flatMap(({ event }) => (event.kind === 'source.state' ? [event.data] : []));
    };
    const isDown = { state: 'down', note: 'refused the API key (401): check apiKeyId, apiKeySecret' };
    await vi.waitFor(async () => expect((await states()).at(-1)).toMatchObject(isDown), PATIENCE);
    const before = (await states()).length;
    for (const reference of ['A-4', 'A-5']) {
      const { id } = coinbase.create({ orderId: reference, amount: '12.50', lifeMs: 600_000 });
      coinbase.complete(id);
      await becomes(id, { status: 'paid' });
    }
    expect(await states()).toHaveLength(before);
  });
});
