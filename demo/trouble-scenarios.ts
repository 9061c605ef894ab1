/** How payments go that somebody has to explain: each is found, and most are mended after a while. */
import { transferCall } from './chain-block.ts';
import type { Scenario } from './direct-scenarios.ts';
import { FAKE_TOKEN } from './gateway-config.ts';
import type { Door } from './outages.ts';
import type { Sale, Stage } from './stage.ts';

const USUAL = 900;

async function toThePhone(stage: Stage): Promise<void> {
  await stage.wait(stage.random.between(3_000, 9_000));
}

async function direct(stage: Stage, symbol = 'ETH'): Promise<Sale> {
  const sale = await stage.sellDirect({ symbol, expiresInSeconds: USUAL });
  await toThePhone(stage);
  return sale;
}

async function inParts(stage: Stage): Promise<void> {
  const sale = await direct(stage, 'USDC');
  stage.pay(sale, { percent: 50 });
  stage.say(sale.reference, 'paid the first half');
  await stage.wait(stage.random.between(15_000, 30_000));
  stage.pay(sale, { percent: 50 });
  stage.say(sale.reference, '→ and the rest');
}

/** The same payment again, with a fee that blocks take. */
async function spedUp(stage: Stage): Promise<void> {
  const sale = await direct(stage);
  const { from, to, value, nonce, maxFeePerGas } = stage.pay(sale, { held: true });
  stage.say(sale.reference, 'sent with too low a fee …');
  await stage.wait(5 * stage.blockMs);
  stage.chain.send({ from, to, value: BigInt(value), nonce, maxFeePerGas: BigInt(maxFeePerGas) * 20n });
  stage.say(sale.reference, '→ sent again with a higher fee');
}

async function nonceGap(stage: Stage): Promise<void> {
  const sale = await direct(stage);
  const { from, hash } = stage.pay(sale, { nonce: 1 });
  stage.say(sale.reference, 'sent, but an earlier transaction of the wallet is missing');
  await stage.wait(75_000);
  stage.chain.send({ from, to: from, value: 0n, nonce: 0 });
  stage.chain.release(hash);
  stage.say(sale.reference, '→ the earlier one was sent');
}

async function dropped(stage: Stage): Promise<void> {
  const sale = await direct(stage);
  const { hash } = stage.pay(sale, { held: true });
  await stage.wait(4 * stage.blockMs);
  stage.chain.forget(hash);
  stage.say(sale.reference, '→ the network forgot the transaction');
}

/** A token that anybody could make, under the name of one that was asked for. */
async function fakeToken(stage: Stage): Promise<void> {
  const sale = await direct(stage, FAKE_TOKEN.symbol);
  const input = transferCall(sale.address, sale.due);
  stage.chain.send({ from: stage.newWallet(), to: FAKE_TOKEN.address, value: 0n, input });
  stage.say(sale.reference, `paid with a token that only calls itself ${FAKE_TOKEN.symbol}`);
}

async function notWatched(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: USUAL, chain: 'eip155:10' });
  stage.say(sale.reference, 'to be paid on a chain that nobody here watches');
}

/** The money is there, the goods may go, and the chain takes it back for good. */
async function reorgAfterRelease(stage: Stage): Promise<void> {
  const sale = await direct(stage);
  const { hash } = stage.pay(sale);
  if (!(await stage.confirmed(hash, 4))) return;
  stage.chain.reorganise(4, new Set([hash]), stage.now(), 'nowhere');
  stage.say(sale.reference, '→ the chain took it back after it could be released');
}

/** The processor names a transaction that nobody ever sent. */
async function notBroadcast(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'ETH' });
  await toThePhone(stage);
  stage.fund(sale);
  stage.say(sale.reference, 'the customer named a transaction that no node knows');
}

/** … and calls it settled all the same. */
async function conflict(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'ETH' });
  await toThePhone(stage);
  stage.fund(sale);
  await stage.wait(8_000);
  stage.processor.capture(sale.id);
  stage.say(sale.reference, '→ captured, although no node knows the transaction');
}

async function webhookMissing(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'CRO' });
  await toThePhone(stage);
  stage.fund(sale);
  await stage.wait(5_000);
  stage.processor.capture(sale.id, { silently: true });
  stage.say(sale.reference, '→ captured, and its webhook is lost');
}

/** Long enough to be noticed by every poll, and to be told. */
const OUTAGE_MS = 40_000;

async function outage(stage: Stage, door: Door, sell: () => Promise<Sale>): Promise<void> {
  stage.outages.begin(door);
  try {
    await stage.wait(OUTAGE_MS / 2);
    const sale = await sell();
    stage.say(sale.reference, `opened while the ${door} answers nobody`);
    await stage.wait(OUTAGE_MS / 2);
  } finally {
    stage.outages.end(door);
  }
}

export const troubleScenarios = {
  'in-parts': inParts,
  'sped-up': spedUp,
  'nonce-gap': nonceGap,
  dropped,
  'fake-token': fakeToken,
  'not-watched': notWatched,
  'reorg-after-release': reorgAfterRelease,
  'not-broadcast': notBroadcast,
  'witness-conflict': conflict,
  'webhook-missing': webhookMissing,
  'processor-down': (stage: Stage) =>
    outage(stage, 'processor', async () => stage.openPayment({ symbol: 'CRO', timeWindow: 120 })),
  'node-down': (stage: Stage) =>
    outage(stage, 'chain', () => stage.sellDirect({ symbol: 'ETH', expiresInSeconds: 120 })),
} as const satisfies Readonly<Record<string, Scenario>>;
