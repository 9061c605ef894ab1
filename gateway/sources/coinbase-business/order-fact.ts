/** A checkout as the order it stands for. */
import type { Customer, OrderFact, PayOption } from '../../../contract/order.ts';
import { decimalAmount, majorUnits } from '../amount.ts';
import { shortText } from '../lossless-json.ts';
import type { MappedOrder } from '../order-report.ts';
import { assetOf } from './asset.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import type { CheckoutObject } from './schema.ts';

/** A checkout's life where `expiresAt` is not given; it is replaced by the true one once that is known. */
const DEFAULT_LIFE_MS = 24 * 3_600_000;
/** Where shops put their own order number; the metadata is theirs to name. */
const REFERENCES = ['orderId', 'order_id', 'reference', 'invoiceId', 'invoice_id'];

/** @throws AmountError when the amount is none */
export function mapOrder(checkout: CheckoutObject, options: CoinbaseBusinessOptions): MappedOrder {
  const expiresAt = checkout.expiresAt ?? checkout.createdAt + DEFAULT_LIFE_MS;
  const customer = customerOf(checkout);
  const fact: OrderFact = {
    sourceRef: checkout.id,
    reference: firstText(checkout, REFERENCES, 256) ?? checkout.id,
    price: { currency: checkout.currency.toUpperCase(), amount: decimalAmount(checkout.amount) },
    pay: [payOption(checkout, options)],
    createdAt: checkout.createdAt,
    expiresAt,
    graceUntil: expiresAt + options.lateGraceMinutes * 60_000,
    live: options.sandbox !== true,
    provisional: false,
    ...(checkout.network !== undefined && {
      method: `${checkout.currency.toUpperCase()} on ${checkout.network}`.slice(0, 512),
    }),
    ...(customer && { customer }),
  };
  return { fact, supplied: new Set(checkout.expiresAt === undefined ? ['expiresAt', 'graceUntil'] : []), ways: 'all' };
}

function payOption(checkout: CheckoutObject, options: CoinbaseBusinessOptions): PayOption {
  const asset = assetOf(checkout, options);
  const { amount, decimals } = majorUnits(checkout.amount, asset.decimals);
  return { ...asset, decimals, address: checkout.address?.slice(0, 128) ?? null, amount: amount.toString() };
}

function customerOf(checkout: CheckoutObject): Customer | undefined {
  const name = firstText(checkout, ['customerName', 'customer_name'], 256);
  const email = firstText(checkout, ['customerEmail', 'customer_email', 'email'], 320);
  if (name === undefined && email === undefined) return undefined;
  return { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
}

function firstText({ metadata }: CheckoutObject, names: readonly string[], most: number): string | undefined {
  return names.map((name) => shortText(metadata?.[name], most)).find((text) => text !== undefined);
}
