/** How payments at the pretend Crypto.com Pay go. */
import type { Funding } from '../stage/payments.ts';
import type { PaymentSale, PaymentTerms } from '../stage/sales.ts';
import type { Stage } from '../stage/stage.ts';
import { toThePhone } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** Currencies of chains that nobody here watches: the processor's word is all there is. */
function elsewhere({ random }: Stage): string {
  return random.pick(['CRO', 'CRO', 'SOL']);
}

function processorSettles(stage: Stage): Promise<void> {
  return stage.wait(stage.random.between(5_000, 12_000));
}

async function paid(stage: Stage, terms: Partial<PaymentTerms> = {}, funding?: Funding): Promise<PaymentSale> {
  const sale = stage.openPayment({ symbol: elsewhere(stage), ...terms });
  await toThePhone(stage);
  stage.fund(sale, funding);
  await processorSettles(stage);
  stage.processor.capture(sale.id);
  stage.say(sale.reference, '→ captured');
  return sale;
}

async function underpaid(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: elsewhere(stage), timeWindow: 75 });
  await toThePhone(stage);
  stage.fund(sale, { percent: stage.random.between(40, 90), mismatch: 'Underpaid' });
  stage.say(sale.reference, 'underpaid → nothing more will come');
}

async function overpaid(stage: Stage): Promise<void> {
  await paid(stage, {}, { percent: stage.random.between(110, 180), mismatch: 'Overpaid' });
}

async function late(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: elsewhere(stage), timeWindow: 45 });
  await stage.wait(45_000 + stage.random.between(5_000, 15_000));
  stage.fund(sale, { mismatch: 'Late' });
  stage.say(sale.reference, 'paid after it had expired');
  await processorSettles(stage);
  stage.processor.capture(sale.id);
}

async function expired(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: elsewhere(stage), timeWindow: 50 });
  stage.say(sale.reference, 'nobody will pay');
}

async function cancelled(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: elsewhere(stage) });
  await stage.wait(stage.random.between(8_000, 20_000));
  stage.processor.cancel(sale.id);
  stage.say(sale.reference, '→ cancelled');
}

/** Paid on the chain that the gateway watches too: two witnesses of one payment. */
async function onChain(stage: Stage): Promise<void> {
  const sale = stage.openPayment({ symbol: stage.random.pick(['ETH', 'USDC']) });
  await toThePhone(stage);
  const { hash } = stage.pay(sale);
  stage.fund(sale, { hash });
  if (!(await stage.confirmed(hash, 2))) return;
  stage.processor.capture(sale.id);
  stage.say(sale.reference, '→ captured');
}

async function refund(stage: Stage, percent: number): Promise<void> {
  const sale = await paid(stage);
  await stage.wait(stage.random.between(6_000, 15_000));
  await giveBack(stage, sale, percent);
}

async function giveBack(stage: Stage, sale: PaymentSale, percent: number): Promise<void> {
  const whole = BigInt(stage.processor.payment(sale.id)?.amount ?? 0);
  const amount = ((whole * BigInt(percent)) / 100n).toString();
  const { id } = stage.processor.requestRefund(sale.id, amount, 'requested_by_customer');
  stage.say(sale.reference, `→ refund of ${percent} % requested`);
  await stage.wait(stage.random.between(6_000, 12_000));
  stage.processor.transferRefund(sale.id, id);
  stage.say(sale.reference, '→ refunded');
}

/** 100 CRO are 10^20 base units, beyond what a JavaScript number holds. */
const inCro: PaymentTerms = { symbol: 'CRO', price: { currency: 'CRO', amount: '100' } };

/** What happened in the minutes before anybody looked: a desk is not empty when it opens. */
export async function earlierSales(stage: Stage): Promise<void> {
  const [one, two, three, back] = [720, 540, 300, 600].map((ago) =>
    stage.openPayment({ symbol: elsewhere(stage), ago }),
  );
  stage.openPayment({ symbol: 'SOL', ago: 660 });
  stage.openPayment({ symbol: 'CRO', ago: 120 });
  const behind = stage.openPayment({ symbol: 'CRO', ago: 780 });
  stage.fund(behind, { ago: 75, mismatch: 'Late' });
  for (const [sale, ago] of [
    [one, 690],
    [two, 500],
    [three, 250],
    [back, 560],
  ] as const) {
    if (!sale) continue;
    stage.fund(sale, { ago });
    stage.processor.capture(sale.id);
  }
  stage.processor.capture(behind.id);
  if (back) await giveBack(stage, back, 100);
}

export const cryptoComPayScenarios = {
  processor: (stage: Stage) => paid(stage),
  'processor-underpaid': underpaid,
  'processor-overpaid': overpaid,
  'processor-late': late,
  'processor-expired': expired,
  'processor-cancelled': cancelled,
  'processor-on-chain': onChain,
  refunded: (stage: Stage) => refund(stage, 100),
  'partly-refunded': (stage: Stage) => refund(stage, 50),
  'test-mode': (stage: Stage) => paid(stage, { live: false }),
  'big-number': (stage: Stage) => paid(stage, inCro),
} as const satisfies Readonly<Record<string, Scenario>>;
