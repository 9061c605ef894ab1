/** How payments go that somebody has to explain: each is found, and most are mended after a while. */
import { transferCall } from '../chains/evm/block.ts';
import { confirmationsRequired, FAKE_TOKEN, SIDE_CHAIN } from '../chains/networks.ts';
import type { DirectSale } from '../stage/sales.ts';
import type { Stage } from '../stage/stage.ts';
import { LINGERING, toThePhone, USUAL } from './scenario.ts';
import type { Scenario } from './scenario.ts';

async function direct(stage: Stage, symbol = 'ETH', expiresInSeconds = USUAL): Promise<DirectSale> {
  const sale = await stage.sellDirect({ symbol, expiresInSeconds });
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
  const { hash, from, to, value, nonce, maxFeePerGas } = stage.pay(sale, { held: true });
  await stage.wait(4 * stage.blockMs);
  stage.chain.forget(hash);
  stage.say(sale.reference, '→ the network forgot the transaction');
  await stage.wait(210_000);
  stage.chain.send({ from, to, value: BigInt(value), nonce, maxFeePerGas: BigInt(maxFeePerGas) });
  stage.say(sale.reference, '→ the wallet sent it once more');
}

/** A token that anybody could make, under the name of one that was asked for. */
async function fakeToken(stage: Stage): Promise<void> {
  const sale = await direct(stage, FAKE_TOKEN.symbol, LINGERING);
  const input = transferCall(sale.address as `0x${string}`, sale.due);
  stage.chain.send({ from: stage.newWallet(), to: FAKE_TOKEN.address, value: 0n, input });
  stage.say(sale.reference, `paid with a token that only calls itself ${FAKE_TOKEN.symbol}`);
}

async function notWatched(stage: Stage): Promise<void> {
  const sale = await stage.sellDirect({ symbol: 'ETH', expiresInSeconds: LINGERING, chain: 'eip155:10' });
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

/** The asset that was asked for, on a chain that was not: the address is the same person's on both. */
async function wrongChain(stage: Stage): Promise<void> {
  const sale = await direct(stage, 'USDC', LINGERING);
  stage.pay(sale, { chain: SIDE_CHAIN });
  stage.say(sale.reference, 'paid on another chain than was asked for');
}

/** The customer names a transaction to the processor before the wallet has sent it. */
async function notBroadcast(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'ETH' });
  await toThePhone(stage);
  const { hash, send } = stage.draft(sale);
  stage.fund(sale, { hash });
  stage.say(sale.reference, 'the customer named a transaction that no node knows');
  await stage.wait(100_000);
  send();
  stage.say(sale.reference, '→ now the wallet has sent it');
  if (await stage.confirmed(hash, 2)) stage.processor.capture(sale.id);
}

/** The customer pays another address, has the shop told of that transaction, and finds the mistake. */
async function notPaidHere(stage: Stage): Promise<void> {
  const sale = await direct(stage);
  const { hash } = stage.chain.send({ from: stage.newWallet(), to: stage.newWallet(), value: sale.due });
  await stage.name(sale, hash);
  stage.say(sale.reference, 'the customer named a transaction that pays somebody else');
  await stage.wait(100_000);
  stage.pay(sale);
  stage.say(sale.reference, '→ paid to the right address');
}

/** The chain has all of it, as deep as can be asked for, and the processor says nothing of the kind. */
async function conflict(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'ETH', timeWindow: 900 });
  await toThePhone(stage);
  const { hash } = stage.pay(sale);
  stage.fund(sale, { hash });
  stage.say(sale.reference, 'paid on chain, and the processor does not settle');
  if (!(await stage.confirmed(hash, confirmationsRequired))) return;
  await stage.wait(200_000);
  stage.processor.capture(sale.id);
  stage.say(sale.reference, '→ captured at last');
}

/** Within this time webhooks usually come; then the gateway says that one is missing. */
const USUALLY_MS = 300_000;

async function webhookMissing(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'CRO' });
  await toThePhone(stage);
  stage.fund(sale);
  await stage.wait(5_000);
  stage.processor.capture(sale.id, { silently: true });
  stage.say(sale.reference, '→ captured, and its webhook stays away');
  await stage.wait(USUALLY_MS + 75_000);
  stage.processor.announce(sale.id);
  stage.say(sale.reference, '→ the webhook came after all');
}

/** A refund's webhook overtakes everything about its payment, which the processor's interface does not show yet. */
async function provisional(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: 'CRO', concealed: true });
  stage.fund(sale);
  stage.processor.capture(sale.id, { silently: true });
  const amount = stage.processor.payment(sale.id)?.amount ?? '0';
  const refund = stage.processor.requestRefund(sale.id, amount, 'requested_by_customer');
  stage.say(sale.reference, '→ a refund of which the payment is not known');
  await stage.wait(75_000);
  stage.processor.conceal(sale.id, false);
  stage.processor.announce(sale.id);
  stage.say(sale.reference, '→ now the processor shows the payment');
  await stage.wait(10_000);
  stage.processor.transferRefund(sale.id, refund.id);
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
  'not-paid-here': notPaidHere,
  'witness-conflict': conflict,
  'webhook-missing': webhookMissing,
  'wrong-chain': wrongChain,
  provisional,
} as const satisfies Readonly<Record<string, Scenario>>;
