/** How orders of the shop's own go that are paid on chain. */
import { DEMO_WALLET } from '../chains/networks.ts';
import type { Stage } from '../stage/stage.ts';
import { LINGERING, toThePhone, USUAL } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** The least the gateway takes. */
const SHORT = 60;
/** Long enough for a newcomer to find it. */
const STUCK_MS = 300_000;

async function paidIn(stage: Stage, symbol: string, or?: string): Promise<void> {
  const sale = await stage.sellDirect({ symbol, expiresInSeconds: USUAL, ...(or !== undefined && { or }) });
  await toThePhone(stage);
  const { hash } = stage.pay(sale);
  stage.say(sale.reference, 'paid');
  if (await stage.confirmed(hash, 1)) stage.say(sale.reference, '→ in a block');
}

async function underpaid(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: SHORT });
  await toThePhone(stage);
  stage.pay(sale, { percent: stage.random.between(40, 90) });
  stage.say(sale.reference, 'underpaid → nothing more will come');
}

async function overpaid(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'USDC', expiresInSeconds: USUAL });
  await toThePhone(stage);
  stage.pay(sale, { percent: stage.random.between(105, 200) });
  stage.say(sale.reference, 'overpaid');
}

async function late(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'USDC', expiresInSeconds: SHORT });
  await stage.wait(SHORT * 1000 + stage.random.between(4_000, 15_000));
  stage.pay(sale);
  stage.say(sale.reference, 'paid after it had expired');
}

async function expired(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: SHORT });
  stage.say(sale.reference, 'nobody will pay');
}

async function double(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'USDC', expiresInSeconds: USUAL });
  await toThePhone(stage);
  stage.pay(sale);
  await stage.wait(stage.random.between(2_000, 9_000));
  stage.pay(sale);
  stage.say(sale.reference, 'paid twice');
}

async function wrongAsset(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'USDC', expiresInSeconds: 180 });
  await toThePhone(stage);
  stage.pay(sale, { symbol: 'USDT' });
  stage.say(sale.reference, 'paid with the wrong token');
}

/** Money that belongs to no order's address: a person has to say whose it is. */
async function unmatched(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'USDC', expiresInSeconds: LINGERING });
  await toThePhone(stage);
  stage.pay(sale, { symbol: 'USDT', to: DEMO_WALLET });
  stage.say(sale.reference, 'paid to the shop’s own wallet, with another token');
}

async function reverted(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'USDC', expiresInSeconds: USUAL });
  await toThePhone(stage);
  stage.pay(sale, { fails: true });
  stage.say(sale.reference, 'the transfer will be reverted');
  await stage.wait(75_000);
  stage.pay(sale);
  stage.say(sale.reference, '→ paid again');
}

async function stuck(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: USUAL });
  await toThePhone(stage);
  const { hash } = stage.pay(sale, { held: true });
  stage.say(sale.reference, 'sent with too low a fee: stuck');
  await stage.wait(STUCK_MS);
  stage.chain.release(hash);
  stage.say(sale.reference, '→ a miner took it all the same');
}

/** The sender takes the money back by a second transaction with the same nonce and a higher fee. */
async function replaced(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: 180 });
  await toThePhone(stage);
  const { from, nonce, maxFeePerGas } = stage.pay(sale, { held: true });
  stage.say(sale.reference, 'sent …');
  await stage.wait(2.5 * stage.blockMs);
  stage.chain.send({ from, to: from, value: 0n, nonce, maxFeePerGas: BigInt(maxFeePerGas) * 20n });
  stage.say(sale.reference, '→ replaced by its sender');
}

/** Before its goods may go: a price that asks for three confirmations. */
async function reorged(stage: Stage): Promise<void> {
  const price = { currency: 'USD', amount: '649.00' };
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: USUAL, price });
  await toThePhone(stage);
  const { hash, from, to, value, nonce } = stage.pay(sale);
  if (!(await stage.confirmed(hash, 2))) return;
  stage.chain.reorganise(2, new Set([hash]), stage.now(), 'nowhere');
  stage.say(sale.reference, '→ its block was reorganised away');
  await stage.wait(7 * stage.blockMs);
  stage.chain.send({ from, to, value: BigInt(value), nonce });
  stage.say(sale.reference, '→ and mined once more');
}

export const directScenarios = {
  native: (stage: Stage) => paidIn(stage, 'ETH'),
  token: (stage: Stage) =>
    paidIn(stage, stage.random.pick(['USDC', 'USDT']), stage.random.chance(0.4) ? 'ETH' : undefined),
  underpaid,
  overpaid,
  late,
  expired,
  double,
  'wrong-asset': wrongAsset,
  unmatched,
  reverted,
  stuck,
  replaced,
  reorged,
} as const satisfies Readonly<Record<string, Scenario>>;
