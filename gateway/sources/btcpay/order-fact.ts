/** An invoice as the order it stands for. */
import { leastAccepted } from '../../../contract/money.ts';
import type { Customer, OrderFact, PayOption } from '../../../contract/order.ts';
import { AmountError, decimalAmount } from '../amount.ts';
import { shortText } from '../lossless-json.ts';
import type { MappedOrder } from '../order-report.ts';
import type { BtcPayOptions } from './options.ts';
import { amountOf, assetOf } from './payment-method.ts';
import type { InvoiceObject, MethodObject } from './schema.ts';

/** An invoice's life where `expirationTime` is not given: BTCPay Server's default. */
const DEFAULT_LIFE_MS = 15 * 60_000;

/** As many ways to pay as an order may have. */
const MOST_WAYS = 64;

/** @throws AmountError when the price is not what is documented */
export function mapOrder(
  invoice: InvoiceObject,
  methods: readonly MethodObject[],
  options: BtcPayOptions,
): MappedOrder {
  const expiresAt = invoice.expirationTime ?? invoice.createdTime + DEFAULT_LIFE_MS;
  const customer = customerOf(invoice);
  const fact: OrderFact = {
    sourceRef: invoice.id,
    reference: shortText(invoice.metadata?.['orderId'], 256) ?? invoice.id,
    price: { currency: invoice.currency.toUpperCase(), amount: decimalAmount(invoice.amount ?? '0') },
    pay: methods
      .flatMap((method) => payOption(invoice, method, options))
      .filter(firstOfItsAsset)
      .slice(0, MOST_WAYS),
    createdAt: invoice.createdTime,
    expiresAt,
    graceUntil: expiresAt + options.lateGraceMinutes * 60_000,
    live: true,
    provisional: false,
    ...(customer && { customer }),
  };
  return { fact, supplied: new Set(), ways: 'all' };
}

/** The name of a method in whichever version's field, null where it has none. */
export function methodName(
  method: Pick<MethodObject, 'paymentMethodId' | 'paymentMethod' | 'currency' | 'cryptoCode'>,
) {
  return method.paymentMethodId ?? method.paymentMethod ?? method.currency ?? method.cryptoCode ?? null;
}

/** None for a method that was not activated, asks for nothing, or can't be read: BTCPay Server judges by itself. */
function payOption(invoice: InvoiceObject, method: MethodObject, options: BtcPayOptions): PayOption[] {
  const name = methodName(method);
  if (name === null || method.amount === undefined || method.activated === false) return [];
  const asset = assetOf(name, method.destination ?? null, options);
  try {
    const { amount, decimals } = amountOf(asset, method.amount);
    if (amount === 0n) return [];
    const least = leastAccepted(amount, tolerance(invoice));
    // A Lightning destination is a payment request of several hundred characters.
    const address = method.destination !== undefined && method.destination.length <= 128 ? method.destination : null;
    return [
      {
        ...asset,
        decimals,
        address,
        amount: amount.toString(),
        ...(least < amount && { minimum: least.toString() }),
      },
    ];
  } catch (error) {
    if (error instanceof AmountError) return [];
    throw error;
  }
}

/** Lightning is offered as an invoice and as LNURL: one asset, asked for once. */
function firstOfItsAsset(option: PayOption, index: number, all: readonly PayOption[]): boolean {
  return all.findIndex(({ chain, asset }) => chain === option.chain && asset === option.asset) === index;
}

/** `checkout.paymentTolerance`, a percentage, in hundredths of a percent. */
function tolerance({ checkout }: InvoiceObject): number {
  const percent = Number(checkout?.paymentTolerance ?? 0);
  return Number.isFinite(percent) ? Math.floor(Math.min(100, Math.max(0, percent)) * 100) : 0;
}

function customerOf({ metadata }: InvoiceObject): Customer | undefined {
  const name = shortText(metadata?.['buyerName'], 256);
  const email = shortText(metadata?.['buyerEmail'], 320);
  if (name === undefined && email === undefined) return undefined;
  return { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
}
