/** How payments at Crypto.com Pay go, at random. */
import { answerApi } from '../../../demo/processors/crypto-com-pay/api.ts';
import { createProcessor } from '../../../demo/processors/crypto-com-pay/processor.ts';
import type { Processor } from '../../../demo/processors/crypto-com-pay/processor.ts';
import type { Random } from '../../../demo/clock/random.ts';
import { paySignature } from '../../../demo/processors/crypto-com-pay/webhook-signature.ts';
import { createCryptoComPay } from '../../../gateway/sources/crypto-com-pay/source.ts';
import { fullMischief, GRACE_MINUTES, MINUTE, ProcessorWorld, STORE } from './processor-world.ts';
import type { SharedStorage } from './processor-world.ts';

const SECRET = 'whsec_cdc';
const BASE = 'https://pay.crypto.example/api';
const CRO = '208.5';

interface Life {
  readonly processor: Processor;
  readonly random: Random;
  readonly id: string;
  now(): number;
  wait(least: number, most: number): Promise<void>;
}

function fund(
  { processor, random, id, now }: Life,
  amount: string,
  mismatch: 'Underpaid' | 'Late' | null = null,
): void {
  const txnId = `0x${random.hex(32)}`;
  const from = `0x${random.hex(20)}`;
  processor.fund(id, { txnId, from, amount, currency: 'CRO', mismatch, at: Math.floor(now() / 1000) });
}

async function paid(life: Life): Promise<void> {
  await life.wait(1, 9);
  if (life.random.chance(0.7)) fund(life, CRO);
  await life.wait(1, 20);
  life.processor.capture(life.id);
}

async function underpaid(life: Life): Promise<void> {
  await life.wait(1, 9);
  fund(life, '100.25', 'Underpaid');
}

/** The processor takes it, or leaves it. */
async function late(life: Life): Promise<void> {
  await life.wait(11, 10 + 2 * GRACE_MINUTES);
  fund(life, CRO, 'Late');
  await life.wait(1, 20);
  if (life.random.chance(0.5)) life.processor.capture(life.id);
}

async function cancelled(life: Life): Promise<void> {
  await life.wait(1, 9);
  life.processor.cancel(life.id);
}

async function refunded(life: Life, amounts: readonly string[]): Promise<void> {
  await paid(life);
  for (const amount of amounts) {
    await life.wait(2, 60);
    const { id } = life.processor.requestRefund(life.id, amount, 'requested_by_customer');
    if (life.random.chance(0.15)) return;
    await life.wait(2, 40);
    life.processor.transferRefund(life.id, id);
  }
}

const lives: readonly ((life: Life) => Promise<void>)[] = [
  paid,
  paid,
  underpaid,
  late,
  cancelled,
  (life) => refunded(life, ['2500']),
  (life) => refunded(life, ['1000']),
  (life) => refunded(life, ['1000', '1500']),
  async () => undefined,
];

export interface CryptoComWorld {
  readonly world: ProcessorWorld;
  readonly processor: Processor;
}

export function openCryptoComWorld(shared: SharedStorage, seed: string): CryptoComWorld {
  const habits = { sign: (body: string, now: number) => ({ 'pay-signature': paySignature(SECRET, body, now) }) };
  const world = new ProcessorWorld({ seed, shared, base: BASE, habits: () => ({ ...habits, mischief: fullMischief }) });
  const { random, timers, sender } = world;
  const now = (): number => timers.now();
  const processor = createProcessor({ random, now, onWebhook: (event) => sender.send(event) });
  const source = createCryptoComPay({
    id: seed,
    store: STORE,
    webhookSecrets: [SECRET],
    apiKey: 'sk_test',
    apiBase: BASE,
    lateGraceMinutes: GRACE_MINUTES,
    chains: [],
    polling: world.polling,
  });
  const quote = () => ({ cryptoCurrency: 'CRO', cryptoAmount: CRO, depositAddress: '0x00' });
  world.open(source, (request) => answerApi(request, { processor, apiKey: 'sk_test', now, quote }));
  return { world, processor };
}

/** Opens a payment some time, and lets it go its way. */
export async function livePayment({ world, processor }: CryptoComWorld, n: number): Promise<void> {
  const { timers, random } = world;
  const wait = (least: number, most: number) => timers.wait(random.between(least * MINUTE, most * MINUTE));
  await wait(0, 40);
  const { id } = processor.create({
    orderId: `A-${n}`,
    currency: 'USD',
    amount: '2500',
    cryptoCurrency: 'CRO',
    cryptoAmount: CRO,
    depositAddress: `0x${random.hex(20)}`,
    method: 'Other wallet',
    description: '',
    customerName: null,
    customerEmail: null,
    liveMode: true,
    timeWindow: 600,
  });
  await random.pick(lives)({ processor, random, id, now: () => timers.now(), wait });
}
