/** A payment of an invoice as orders hold it. */
import type { PaymentFact } from '../../../contract/order.ts';
import type { BtcPayOptions } from './options.ts';
import { amountOf, assetOf } from './payment-method.ts';
import type { PaymentObject } from './schema.ts';

/** Id of an on-chain payment: transaction and output, `<txid>-<output>`. */
const OUTPUT = /^([0-9a-f]{64})-\d{1,9}$/i;
const EVM_HASH = /^0x[0-9a-f]{64}$/i;

/**
 * A payment on chain keeps the id BTCPay Server gives it, transaction and output: a Bitcoin node's sight of the same output
 * has the same id, so that it is the same payment.
 * @throws AmountError when the value is no amount of the method's asset
 */
export function paymentFact(
  invoice: string,
  method: string,
  payment: PaymentObject,
  options: BtcPayOptions,
): PaymentFact {
  const [output, txid] = OUTPUT.exec(payment.id) ?? [];
  const hash = txid?.toLowerCase() ?? (EVM_HASH.test(payment.id) ? payment.id : null);
  const asset = assetOf(method, payment.destination ?? null, options);
  const { amount, decimals } = amountOf(asset, payment.value);
  const id = output?.toLowerCase() ?? `${invoice}:${payment.id}`.slice(0, 256);
  return {
    ...asset,
    id,
    decimals,
    amount: amount.toString(),
    txHash: hash,
    required: null,
    witness: 'processor',
    ...(payment.destination !== undefined && payment.destination.length <= 128 && { to: payment.destination }),
  };
}
