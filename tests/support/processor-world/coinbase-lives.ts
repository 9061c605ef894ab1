/** How checkouts at Coinbase Business go, at random. */
import { generateKeyPairSync } from 'node:crypto';
import { answerCoinbase, coinbaseHabits } from '../../../demo/processors/coinbase/api.ts';
import { PretendCoinbase } from '../../../demo/processors/coinbase/checkouts.ts';
import type { Random } from '../../../demo/clock/random.ts';
import { createCoinbaseBusiness } from '../../../gateway/sources/coinbase-business/source.ts';
import { fullMischief, GRACE_MINUTES, MINUTE, ProcessorWorld, STORE } from './processor-world.ts';
import type { SharedStorage } from './processor-world.ts';

const SECRET = 'whsec_coinbase';
const BASE = 'https://business.coinbase.example/api/v1';
const KEY_ID = '7c2a4b1e-0000-4000-8000-000000000001';

interface Life {
  readonly coinbase: PretendCoinbase;
  readonly random: Random;
  readonly id: string;
  readonly amount: string;
  wait(least: number, most: number): Promise<void>;
}

async function paid({ coinbase, random, id, wait }: Life): Promise<void> {
  await wait(1, 15);
  coinbase.process(id);
  await wait(1, 10);
  if (random.chance(0.15)) coinbase.fail(id);
  else coinbase.complete(id);
}

async function deactivated({ coinbase, id, wait }: Life): Promise<void> {
  await wait(1, 25);
  coinbase.deactivate(id);
}

async function processing({ coinbase, id, wait }: Life): Promise<void> {
  await wait(1, 15);
  coinbase.process(id);
}

async function refunded(life: Life, share: 'whole' | 'part'): Promise<void> {
  await paid(life);
  const { coinbase, random, id, wait } = life;
  if (coinbase.checkout(id)?.status !== 'COMPLETED') return;
  await wait(5, 60);
  const { id: refund } = coinbase.requestRefund(id, share === 'whole' ? life.amount : '1.50');
  if (random.chance(0.1)) return;
  await wait(2, 30);
  coinbase.endRefund(id, refund, random.chance(0.25) ? 'FAILED' : 'COMPLETED');
}

const lives: readonly ((life: Life) => Promise<void>)[] = [
  paid,
  paid,
  paid,
  deactivated,
  processing,
  (life) => refunded(life, 'whole'),
  (life) => refunded(life, 'part'),
  async () => undefined,
];

export interface CoinbaseWorld {
  readonly world: ProcessorWorld;
  readonly coinbase: PretendCoinbase;
}

/** @param configured whether the gateway watches the chain */
export function openCoinbaseWorld(shared: SharedStorage, seed: string, configured: boolean): CoinbaseWorld {
  const world = new ProcessorWorld({ seed, shared, base: BASE, habits: () => coinbaseHabits(SECRET, fullMischief) });
  const { random, timers, sender } = world;
  const coinbase = new PretendCoinbase({ random, timers, onWebhook: (event) => sender.send(event) });
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  const source = createCoinbaseBusiness({
    id: seed,
    store: STORE,
    webhookSecrets: [SECRET],
    apiKey: { id: KEY_ID, secret },
    apiBase: BASE,
    lateGraceMinutes: GRACE_MINUTES,
    chains: configured ? [{ id: 'eip155:8453', tokens: [] }] : [],
    polling: world.polling,
  });
  const now = (): number => timers.now();
  world.open(source, (request) => answerCoinbase(request, { coinbase, keyId: KEY_ID, publicKey, now }));
  return { world, coinbase };
}

/** Opens a checkout some time, and lets it go its way. */
export async function liveCheckout({ world, coinbase }: CoinbaseWorld, n: number): Promise<void> {
  const { timers, random } = world;
  const wait = (least: number, most: number) => timers.wait(random.between(least * MINUTE, most * MINUTE));
  await wait(0, 40);
  const amount = `${random.between(2, 90)}.${random.between(10, 99)}`;
  const { id } = coinbase.create({ orderId: `A-${n}`, amount, lifeMs: 30 * MINUTE });
  await random.pick(lives)({ coinbase, random, id, amount, wait });
}
