/** Which amounts of an order its row shows: what is due, and what came. */
import type { Order, PayOption, Received } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';

type Amount = Pick<Received, 'amount' | 'decimals' | 'symbol'>;

function same(option: PayOption, { chain, asset }: Pick<Received, 'chain' | 'asset'>): boolean {
  return option.chain === chain && option.asset.toLowerCase() === asset.toLowerCase();
}

/** The way the customer chose, as far as money tells; else the first on offer. */
export function chosenOption(order: Order): PayOption | null {
  const first = order.received[0];
  const matched = first && order.pay.find((option) => same(option, first));
  return matched ?? order.pay[0] ?? null;
}

/** What came by the chosen way, or by any other where nothing came by it. */
export function receivedBy(order: Order, option: PayOption | null): Received | null {
  return (option && order.received.find((received) => same(option, received))) ?? order.received[0] ?? null;
}

export function rowAmount(order: Order): Amount | null {
  return chosenOption(order) ?? order.received[0] ?? null;
}

/** What came beyond what is due by the chosen way; null when nothing did. */
export function excess(order: Order): Amount | null {
  const option = chosenOption(order);
  const received = option && receivedBy(order, option);
  if (!received || !same(option, received)) return null;
  const extra = BigInt(received.amount) - BigInt(option.amount);
  return extra > 0n ? { ...received, amount: extra.toString() } : null;
}

/** Confirmations of the payment that has the fewest, for it is the one waited for; null while none is in a block. */
export function depthOf(order: Order): { confirmations: number; required: number } | null {
  const known = order.payments.flatMap((payment) =>
    counts(payment) && payment.confirmations !== null && payment.required !== null
      ? [{ confirmations: payment.confirmations, required: payment.required }]
      : [],
  );
  return known.reduce<(typeof known)[number] | null>(
    (least, each) =>
      !least || each.confirmations - each.required < least.confirmations - least.required ? each : least,
    null,
  );
}
