/** How invoices at the pretend BTCPay Server go. */
import { PAYING_OUTPUT } from '../chains/bitcoin/chain.ts';
import { share } from '../shop/wares.ts';
import type { PaymentSale } from '../stage/sales.ts';
import type { Stage } from '../stage/stage.ts';
import { LINGERING, toThePhone } from './scenario.ts';
import type { Scenario } from './scenario.ts';

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
  const sale = stage.openInvoice(LINGERING);
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

export const btcpayScenarios = {
  btcpay,
  'btcpay-underpaid': btcpayUnderpaid,
  'btcpay-lightning': lightning,
} as const satisfies Readonly<Record<string, Scenario>>;
