/** How checkouts at the pretend Coinbase go. */
import type { PaymentSale } from '../stage/sales.ts';
import type { Stage } from '../stage/stage.ts';
import { toThePhone } from './scenario.ts';
import type { Scenario } from './scenario.ts';

async function coinbase(stage: Stage): Promise<PaymentSale> {
  const sale = stage.openCheckout();
  await toThePhone(stage);
  stage.coinbase.process(sale.id);
  await stage.wait(stage.random.between(5_000, 12_000));
  stage.coinbase.complete(sale.id);
  stage.say(sale.reference, '→ completed');
  return sale;
}

async function coinbaseRefunded(stage: Stage): Promise<void> {
  const sale = await coinbase(stage);
  await stage.wait(stage.random.between(6_000, 15_000));
  const amount = stage.coinbase.checkout(sale.id)?.amount ?? '0';
  const { id } = stage.coinbase.requestRefund(sale.id, amount);
  await stage.wait(5_000);
  stage.coinbase.endRefund(sale.id, id, 'COMPLETED');
  stage.say(sale.reference, '→ refunded');
}

export const coinbaseScenarios = {
  coinbase,
  'coinbase-refunded': coinbaseRefunded,
} as const satisfies Readonly<Record<string, Scenario>>;
