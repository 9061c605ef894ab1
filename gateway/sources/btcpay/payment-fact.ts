/** A payment of an invoice as orders hold it. */
import type { Order, Payment, PaymentFact } from '../../../contract/order.ts';
import type { BtcPayOptions } from './options.ts';
import { amountOf, assetOf } from './payment-method.ts';
import type { PaymentObject } from './schema.ts';

/** Id of an on-chain payment: transaction and output. */
const OUTPUT = /^([0-9a-f]{64})-(\d{1,9})$/i;
const EVM_HASH = /^0x[0-9a-f]{64}$/i;

/**
 * On a configured chain its id is that chain's own name of the output, `<chain>:<txid>:<output>`, so that what our node
 * sees of the same output is the same payment.
 * @throws AmountError when the value is no amount of the method's asset
 */
export function paymentFact(
  invoice: string,
  method: string,
  payment: PaymentObject,
  options: BtcPayOptions,
): PaymentFact {
  const [, txid, output] = OUTPUT.exec(payment.id) ?? [];
  const hash = txid?.toLowerCase() ?? (EVM_HASH.test(payment.id) ? payment.id : null);
  const asset = assetOf(method, payment.destination ?? null, options);
  const { amount, decimals } = amountOf(asset, payment.value);
  const onChain = asset.chain !== null && txid !== undefined && output !== undefined;
  const id = onChain ? `${asset.chain}:${txid.toLowerCase()}:${Number(output)}` : `${invoice}:${payment.id}`;
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

/** The payment as an order holds it already, also under the id it had before its chain was configured. */
export function knownPayment(order: Order, fact: PaymentFact): Payment | undefined {
  const exact = order.payments.find(({ id }) => id === fact.id);
  if (exact || fact.txHash === null) return exact;
  const output = outputOf(fact.id);
  return order.payments.find(({ txHash, id }) => txHash === fact.txHash && outputOf(id) === output);
}

/** What stands behind the transaction in an id, in either of its forms. */
function outputOf(id: string): string | undefined {
  return /[:-](\d{1,9})$/.exec(id)?.[1];
}
