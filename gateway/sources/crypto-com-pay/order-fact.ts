/** A payment object as the order it stands for. */
import type { Customer, OrderFact, PayOption } from '../../../contract/order.ts';
import { AmountError } from '../amount.ts';
import { cryptoAsset } from '../crypto-asset.ts';
import { shortText } from '../lossless-json.ts';
import type { MappedOrder } from '../order-report.ts';
import { cryptoNotation, cryptoUnits, priceOf } from './amount.ts';
import type { CryptoNotation } from './amount.ts';
import type { CryptoComPayOptions } from './options.ts';
import type { PaymentObject } from './schema.ts';

/** A payment's life where neither `expired_at` nor `time_window` is given; the samples carry 600 seconds. */
const DEFAULT_WINDOW_MS = 600_000;

/**
 * @param seen when the object was seen, epoch milliseconds; stands in where it carries no time of creation
 * @throws AmountError when an amount is not what is documented
 */
export function mapOrder(payment: PaymentObject, options: CryptoComPayOptions, seen: number): MappedOrder {
  const createdAt = payment.created ?? seen;
  const expiresAt = payment.expired_at ?? createdAt + (windowMs(payment) ?? DEFAULT_WINDOW_MS);
  const customer = customerOf(payment);
  const method = payment.pay_method ?? payment.payment_source;
  const option = payOption(payment, options);
  const fact: OrderFact = {
    sourceRef: payment.id,
    reference: referenceOf(payment.order_id, payment.id),
    price: priceOf(payment.currency.toUpperCase(), payment.amount),
    pay: option ? [option] : [],
    createdAt,
    expiresAt,
    graceUntil: expiresAt + options.lateGraceMinutes * 60_000,
    // Documented on every payment; one without it is taken as real money rather than as a test.
    live: payment.live_mode ?? true,
    provisional: false,
    ...(customer && { customer }),
    ...(method !== undefined && { method: method.slice(0, 512) }),
  };
  return { fact, supplied: suppliedFields(payment), ways: 'one' };
}

function suppliedFields(payment: PaymentObject): Set<keyof OrderFact> {
  const supplied = new Set<keyof OrderFact>();
  if (payment.created === undefined) supplied.add('createdAt');
  if (payment.expired_at === undefined && (payment.created === undefined || windowMs(payment) === null)) {
    supplied.add('expiresAt').add('graceUntil');
  }
  if (payment.live_mode === undefined) supplied.add('live');
  if (!payment.order_id?.trim()) supplied.add('reference');
  return supplied;
}

/** The shop's own name of the order, else the processor's. */
export function referenceOf(orderId: string | undefined, otherwise: string): string {
  return (orderId?.trim() || otherwise).slice(0, 256);
}

function windowMs({ time_window }: PaymentObject): number | null {
  return time_window !== undefined && /^[1-9]\d{0,8}$/.test(time_window) ? Number(time_window) * 1000 : null;
}

/** How this payment writes its crypto amounts. */
export function notationOf(payment: PaymentObject): CryptoNotation {
  const { crypto_amount, crypto_currency, currency, amount, current_inbound_fund } = payment;
  const symbol = crypto_currency?.toUpperCase().split('_')[0];
  const same = symbol === currency.toUpperCase();
  const decimalsOf = (named: string) => cryptoAsset(named, null, { chains: [] }).decimals;
  return cryptoNotation(
    [crypto_amount, current_inbound_fund?.amount],
    same ? { amount, decimals: decimalsOf(currency) } : null,
    crypto_currency === undefined ? null : decimalsOf(crypto_currency),
  );
}

/** What the customer was asked to send, undefined until a currency is chosen or where the quote is no amount of it. */
export function payOption(payment: PaymentObject, options: CryptoComPayOptions): PayOption | undefined {
  try {
    return quotedOption(payment, options);
  } catch (error) {
    if (error instanceof AmountError) return undefined;
    throw error;
  }
}

function quotedOption(payment: PaymentObject, options: CryptoComPayOptions): PayOption | undefined {
  const { crypto_currency, crypto_amount, deposit_address, current_inbound_fund: fund } = payment;
  if (crypto_currency === undefined || crypto_amount === undefined) return undefined;
  const asset = cryptoAsset(crypto_currency, deposit_address ?? null, options);
  const { amount, decimals } = cryptoUnits(crypto_amount, asset.decimals, notationOf(payment));
  if (amount === 0n) return undefined;
  const minimum = fund?.is_within_threshold && sameCurrency(fund.currency, crypto_currency) ? fund.amount : undefined;
  const least = minimum === undefined ? amount : cryptoUnits(minimum, asset.decimals, notationOf(payment)).amount;
  return {
    ...asset,
    decimals,
    address: deposit_address?.slice(0, 128) ?? null,
    amount: amount.toString(),
    ...(least < amount && { minimum: least.toString() }),
  };
}

function sameCurrency(a: string, b: string): boolean {
  return a.toUpperCase().split('_')[0] === b.toUpperCase().split('_')[0];
}

/** Only what the samples document as the customer's own: the e-mail given at checkout and `metadata.customer_name`. */
function customerOf({ customer_provided_info, metadata }: PaymentObject): Customer | undefined {
  const name = shortText(metadata?.['customer_name'], 256);
  const email = [customer_provided_info?.['email'], metadata?.['customer_email'], metadata?.['email']]
    .map((value) => shortText(value, 320))
    .find((value) => value !== undefined && /^\S+@\S+$/.test(value));
  if (name === undefined && email === undefined) return undefined;
  return { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
}
