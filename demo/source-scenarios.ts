/** How orders go that are paid in bitcoin, at a BTCPay Server, or at Coinbase. */
import { BITCOIN_FEES, DEMO_BITCOIN, PAYING_OUTPUT } from './bitcoin-chain.ts';
import type { Scenario } from './direct-scenarios.ts';
import type { PaymentSale, Sale } from './sales.ts';
import type { Stage } from './stage.ts';
import { share } from './wares.ts';

function toThePhone(stage: Stage): Promise<void> {
  return stage.wait(stage.random.between(3_000, 10_000));
}

async function bitcoinSale(stage: Stage): Promise<Sale> {
  const sale = await stage.sellDirect({ symbol: 'BTC', chain: DEMO_BITCOIN, expiresInSeconds: 900 });
  await toThePhone(stage);
  return sale;
}

async function bitcoin(stage: Stage): Promise<void> {
  const sale = await bitcoinSale(stage);
  const { txid } = stage.bitcoin.send({ to: sale.address, value: sale.due });
  stage.say(sale.reference, 'paid in bitcoin');
  if (await stage.confirmedInBitcoin(txid, 1)) stage.say(sale.reference, '→ in a block');
}

/** Bids what is in a block within the hour, then replaces it by what the next block takes. */
async function bitcoinReplaced(stage: Stage): Promise<void> {
  const sale = await bitcoinSale(stage);
  const spend = { to: sale.address, value: sale.due };
  const { inputs } = stage.bitcoin.send({ ...spend, feeRate: BITCOIN_FEES.hour + 1 });
  stage.say(sale.reference, 'paid in bitcoin with a low fee …');
  await stage.wait(15_000);
  stage.bitcoin.send({ ...spend, inputs });
  stage.say(sale.reference, '→ replaced by the same with a higher fee');
}

function payInvoice(stage: Stage, sale: PaymentSale, percent = 100): { txid: string; paymentId: string } {
  const value = share(sale.due, percent);
  const { txid } = stage.bitcoin.send({ to: sale.address, value });
  const { id: paymentId } = stage.btcpay.pay(sale.id, 'BTC-CHAIN', value, `${txid}-${PAYING_OUTPUT}`);
  return { txid, paymentId };
}

/** Two witnesses of one payment: the BTCPay Server, and our own node. */
async function btcpay(stage: Stage): Promise<void> {
  const sale = stage.openInvoice();
  await toThePhone(stage);
  const { txid, paymentId } = payInvoice(stage, sale);
  stage.say(sale.reference, 'paid in bitcoin');
  if (!(await stage.confirmedInBitcoin(txid, 1))) return;
  stage.btcpay.confirm(sale.id, paymentId);
  stage.say(sale.reference, '→ settled');
}

async function btcpayUnderpaid(stage: Stage): Promise<void> {
  const sale = stage.openInvoice();
  await toThePhone(stage);
  const { txid, paymentId } = payInvoice(stage, sale, stage.random.between(40, 90));
  stage.say(sale.reference, 'underpaid → nothing more will come');
  if (await stage.confirmedInBitcoin(txid, 1)) stage.btcpay.confirm(sale.id, paymentId);
}

async function lightning(stage: Stage): Promise<void> {
  const sale = stage.openInvoice();
  await toThePhone(stage);
  stage.btcpay.pay(sale.id, 'BTC-LN', sale.due * 1000n);
  stage.say(sale.reference, 'paid by Lightning → settled at once');
}

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

export const sourceScenarios = {
  bitcoin,
  'bitcoin-replaced': bitcoinReplaced,
  btcpay,
  'btcpay-underpaid': btcpayUnderpaid,
  'btcpay-lightning': lightning,
  coinbase,
  'coinbase-refunded': coinbaseRefunded,
} as const satisfies Readonly<Record<string, Scenario>>;
