/** How invoices at a BTCPay Server go, at random. */
import { PretendBtcPay } from '../../../demo/processors/btcpay/server.ts';
import { answerBtcPay, btcPayHabits } from '../../../demo/processors/btcpay/api.ts';
import type { BtcPayInvoice, BtcPayMethod } from '../../../demo/processors/btcpay/invoice.ts';
import type { Random } from '../../../demo/clock/random.ts';
import type { Timers } from '../../../demo/clock/timers.ts';
import { createBtcPay } from '../../../gateway/sources/btcpay/source.ts';
import { fullMischief, GRACE_MINUTES, MINUTE, ProcessorWorld, STORE } from './processor-world.ts';
import type { SharedStorage } from './processor-world.ts';

const SECRET = 'whsec_btcpay';
const BASE = 'https://btcpay.example';
export const BITCOIN = 'bip122:000000000019d6689c085ae165831e93';

interface Life {
  readonly btcpay: PretendBtcPay;
  readonly timers: Timers;
  readonly random: Random;
  readonly invoice: BtcPayInvoice;
  wait(least: number, most: number): Promise<void>;
}

const CHAIN = 'BTC-CHAIN';

function pay({ btcpay, invoice }: Life, percent: number, method = CHAIN) {
  const due = invoice.methods.find(({ id }) => id === method)?.due ?? 0n;
  return btcpay.pay(invoice.id, method, (due * BigInt(percent)) / 100n);
}

async function confirmLater(life: Life, paymentId: string): Promise<void> {
  await life.wait(5, 50);
  life.btcpay.confirm(life.invoice.id, paymentId);
}

async function paid(life: Life, percent = 100): Promise<void> {
  await life.wait(1, 12);
  await confirmLater(life, pay(life, percent).id);
}

async function inParts(life: Life): Promise<void> {
  await life.wait(1, 6);
  const first = pay(life, 40);
  await life.wait(1, 6);
  const second = pay(life, 60);
  await confirmLater(life, first.id);
  await confirmLater(life, second.id);
}

async function partOnly(life: Life): Promise<void> {
  await life.wait(1, 12);
  await confirmLater(life, pay(life, life.random.between(10, 90)).id);
}

/** Replaced: the invoice goes back to New without a word, and is paid again, or not. */
async function replaced(life: Life): Promise<void> {
  await life.wait(1, 5);
  const first = pay(life, 100);
  await life.wait(1, 5);
  life.btcpay.replace(life.invoice.id, first.id);
  if (life.random.chance(0.5)) await confirmLater(life, pay(life, 100).id);
}

/** Before and after the store's grace. */
async function late(life: Life): Promise<void> {
  await life.wait(16, 15 + 2 * GRACE_MINUTES);
  const payment = pay(life, life.random.pick([60, 100, 100, 130]));
  if (life.random.chance(0.7)) await confirmLater(life, payment.id);
}

async function neverConfirmed(life: Life): Promise<void> {
  await life.wait(1, 12);
  pay(life, 100);
}

async function lightning(life: Life): Promise<void> {
  await life.wait(1, 12);
  pay(life, life.random.pick([100, 100, 50]), 'BTC-LN');
}

async function marked(life: Life): Promise<void> {
  await life.wait(1, 30);
  life.btcpay.mark(life.invoice.id, life.random.pick(['Settled', 'Invalid']));
  if (life.random.chance(0.4)) {
    await life.wait(1, 30);
    life.btcpay.mark(life.invoice.id, life.random.pick(['Settled', 'Invalid']));
  }
}

async function paidThenInvalid(life: Life): Promise<void> {
  await paid(life);
  await life.wait(1, 60);
  life.btcpay.mark(life.invoice.id, 'Invalid');
}

async function refunded(life: Life): Promise<void> {
  await paid(life);
  await life.wait(5, 60);
  life.btcpay.refund(life.invoice.id);
}

const lives: readonly ((life: Life) => Promise<void>)[] = [
  (life) => paid(life),
  (life) => paid(life),
  (life) => paid(life, 140),
  inParts,
  partOnly,
  replaced,
  replaced,
  late,
  late,
  neverConfirmed,
  lightning,
  marked,
  paidThenInvalid,
  refunded,
  async () => undefined,
];

function methods(random: Random): BtcPayMethod[] {
  const due = BigInt(random.between(1_000, 5_000_000));
  const address = `bc1q${random.hex(19).replace(/[b1o]/g, 'z').replaceAll('i', 'y')}`;
  return [
    { id: CHAIN, destination: address, due, decimals: 8 },
    { id: 'BTC-LN', destination: `lnbc${random.hex(120)}`, due: due * 1000n, decimals: 11 },
  ];
}

export interface BtcPayWorld {
  readonly world: ProcessorWorld;
  readonly btcpay: PretendBtcPay;
}

/** @param configured whether the gateway watches the chain */
export function openBtcPayWorld(shared: SharedStorage, seed: string, configured: boolean): BtcPayWorld {
  const world = new ProcessorWorld({
    seed,
    shared,
    base: BASE,
    habits: (random) => btcPayHabits(SECRET, random, fullMischief),
  });
  const { random, timers, sender } = world;
  const btcpay = new PretendBtcPay({ storeId: 'shop', random, timers, onWebhook: (event) => sender.send(event) });
  const source = createBtcPay({
    id: seed,
    store: STORE,
    webhookSecrets: [SECRET],
    apiKey: 'key',
    apiBase: BASE,
    storeId: 'shop',
    lateGraceMinutes: GRACE_MINUTES,
    chains: configured ? [{ id: BITCOIN, tokens: [] }] : [],
    polling: world.polling,
  });
  world.open(source, (request) => answerBtcPay(request, { btcpay, apiKey: 'key', quote: () => methods(random) }));
  return { world, btcpay };
}

/** Opens an invoice some time, and lets it go its way. */
export async function liveInvoice({ world, btcpay }: BtcPayWorld, n: number): Promise<void> {
  const { timers, random } = world;
  const wait = (least: number, most: number) => timers.wait(random.between(least * MINUTE, most * MINUTE));
  await wait(0, 40);
  const request = { orderId: `A-${n}`, currency: 'EUR', amount: '19.90', methods: methods(random) };
  const invoice = btcpay.create({ ...request, monitoredSeconds: 3 * 3600 });
  await random.pick(lives)({ btcpay, timers, random, invoice, wait });
}
