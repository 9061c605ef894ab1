import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { openDemo } from '../../../demo/demo.ts';
import type { Demo } from '../../../demo/demo.ts';
import { DEMO_WALLET } from '../../../demo/chains/networks.ts';
import { scenarios } from '../../../demo/programme/programme.ts';
import type { ScenarioName } from '../../../demo/scenarios/names.ts';
import { systemTimers } from '../../../demo/clock/timers.ts';
import { Program } from '../../support/e2e/program.ts';
import { PATIENCE } from '../../support/patience.ts';

/** The demo's pauses pass this much faster; the clock itself does not. */
const FASTER = 20;
const webhookSecret = 'whsec_demo_test';
const apiKey = 'sk_demo_test';
const env = { TILLWATCH_DEMO_WEBHOOK_SECRET: webhookSecret, TILLWATCH_DEMO_API_KEY: apiKey };

let folder: string;
let demo: Demo;
let gateway: Program;
let access: { url: string; key: string };
const lines: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tillwatch-demo-'));
  demo = await openDemo({
    options: {
      store: 'main',
      source: 'crypto-com',
      rate: 0,
      seed: 'integration',
      scenario: null,
      once: null,
      portProcessor: 0,
      portChain: 0,
      blockMs: 4_000,
      data: null,
    },
    webhookSecret,
    apiKey,
    timeZone: 'UTC',
    timers: { ...systemTimers, set: (ms, run) => setTimeout(run, ms / FASTER) },
    fetch,
    say: (line) => lines.push(line),
  });
  const config = path.join(folder, 'gateway.yaml');
  await writeFile(config, demo.config.replaceAll('pollSeconds: 5', 'pollSeconds: 1'));
  const data = ['--data', path.join(folder, 'data')];
  gateway = new Program('gateway/index.ts', ['serve', ...data, '--port', '0', '--config', config], env);
  const [, url = ''] = await gateway.waitForLine(/^Tillwatch gateway listening on (\S+)$/);
  const scopes = ['--scope', 'orders:write', '--scope', 'orders:read'];
  const created = new Program('gateway/index.ts', [
    'key',
    'create',
    ...data,
    '--store',
    'main',
    ...scopes,
    '--name',
    'Demo',
    '--json',
  ]);
  access = { url, key: (JSON.parse(await created.output()) as { key: string }).key };
  demo.introduce(access);
});

afterAll(async () => {
  await demo.close();
  await gateway.end();
  await rm(folder, { recursive: true });
});

async function orders(): Promise<Order[]> {
  const headers = { authorization: `Bearer ${access.key}` };
  const response = await fetch(`${access.url}/v1/stores/main/orders?limit=200`, { headers });
  return ((await response.json()) as { orders: Order[] }).orders;
}

function finds(code: string, more: object = {}): object {
  const finding = expect.objectContaining({ code }) as object;
  return { ...more, diagnosis: expect.arrayContaining([finding]) as object };
}

/** Plays a scenario and waits until the gateway shows of its order what is expected. */
async function shows(name: ScenarioName, expected: object): Promise<void> {
  const before = new Set((await orders()).map(({ id }) => id));
  // Scenarios run beside each other, so an order is known by what it becomes.
  await scenarios[name](demo.stage);
  await vi.waitFor(
    async () =>
      expect((await orders()).filter(({ id }) => !before.has(id))).toContainEqual(expect.objectContaining(expected)),
    { ...PATIENCE, interval: 100 },
  );
}

describe('the demo and a real gateway', () => {
  it.each<[ScenarioName, object]>([
    ['native', { source: 'direct', status: 'paid', flags: [], verdict: 'release' }],
    ['token', { source: 'direct', status: 'paid', flags: [], verdict: 'release' }],
    ['overpaid', { status: 'paid', flags: ['overpaid'] }],
    ['double', { status: 'paid', flags: ['overpaid', 'multiple'] }],
    ['underpaid', { status: 'awaiting', flags: ['underpaid'], verdict: 'wait' }],
    ['reverted', { status: 'paid', payments: [expect.objectContaining({ state: 'reverted' }), expect.anything()] }],
    ['wrong-asset', { status: 'awaiting', flags: ['wrong-asset'], verdict: 'hold' }],
    ['replaced', { status: 'awaiting', flags: ['replaced'] }],
    ['in-parts', { status: 'paid', flags: ['multiple'] }],
    ['sped-up', { status: 'paid', received: [expect.objectContaining({ symbol: 'ETH' })] }],
    ['fake-token', finds('fake-token', { verdict: 'hold' })],
    ['not-watched', finds('chain-not-watched')],
    ['reorg-after-release', finds('reorg-after-release', { verdict: 'hold', flags: ['reorged'] })],
    ['nonce-gap', { status: 'paid', flags: [] }],
    ['bitcoin', { source: 'direct', status: 'paid', received: [expect.objectContaining({ symbol: 'BTC' })] }],
    ['btcpay', { source: 'btcpay', status: 'paid' }],
    ['coinbase', { source: 'coinbase', status: 'paid' }],
    ['processor', { source: 'crypto-com', status: 'paid' }],
    [
      'processor-on-chain',
      { source: 'crypto-com', status: 'paid', payments: [expect.objectContaining({ confirmations: 6 })] },
    ],
    ['processor-cancelled', { status: 'cancelled' }],
    ['processor-underpaid', { status: 'awaiting', flags: ['underpaid'] }],
    ['refunded', { status: 'refunded' }],
    ['test-mode', { status: 'paid', verdict: 'test', live: false }],
    ['big-number', { status: 'paid', price: { currency: 'CRO', amount: '100' } }],
  ])('%s', async (name, expected) => shows(name, expected));

  it('a reorganised payment is confirmed again, and its timeline tells of both', async () => {
    await shows('reorged', { status: 'paid', payments: [expect.objectContaining({ state: 'settled' })] });
    const all = await orders();
    const headers = { authorization: `Bearer ${access.key}` };
    const histories = await Promise.all(
      all.map(async ({ id }) => {
        const response = await fetch(`${access.url}/v1/stores/main/orders/${id}`, { headers });
        return ((await response.json()) as { events: { kind: string }[] }).events.map(({ kind }) => kind);
      }),
    );
    const afterReorgs = histories.flatMap((kinds) =>
      kinds.includes('payment.reorged') ? [kinds.slice(kinds.indexOf('payment.reorged'))] : [],
    );
    expect(afterReorgs).toContainEqual(expect.arrayContaining(['payment.reorged', 'payment.settled']));
  });

  it('money at the shop’s own wallet is unmatched, with the order it may be for', async () => {
    await scenarios.unmatched(demo.stage);
    const headers = { authorization: `Bearer ${access.key}` };
    const found = async () => {
      const response = await fetch(`${access.url}/v1/stores/main/orders?q=${DEMO_WALLET}`, { headers });
      return ((await response.json()) as { unmatched?: UnmatchedPayment[] }).unmatched ?? [];
    };
    await vi.waitFor(
      async () => expect(await found()).toMatchObject([{ state: 'open', payment: { symbol: 'USDT' } }]),
      {
        timeout: 15_000,
        interval: 100,
      },
    );
    const [payment] = await found();
    expect(payment?.candidates[0]?.reasons.map(({ code }) => code).sort()).toEqual(['in-time', 'other-asset']);
  });

  it('nothing went wrong on the way', () => {
    expect(lines.filter((line) => /went wrong|given up|refused/.test(line))).toEqual([]);
  });
});
