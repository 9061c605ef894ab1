/** From an order's facts to what they mean: what was received, which status that gives, and which money flags. */
import { addDecimals, compareDecimals } from './money.ts';
import { chainFlags } from './order.ts';
import type { Flag, Order, OrderStatus, PayOption, Payment, Received } from './order.ts';

const counted: ReadonlySet<Payment['state']> = new Set(['seen', 'confirming', 'settled']);
const included: ReadonlySet<Payment['state']> = new Set(['confirming', 'settled']);
const final: ReadonlySet<Payment['state']> = new Set(['settled']);

/** True for money that is there as far as anyone knows: not replaced, dropped, reverted or reorged away. */
export function counts(payment: Payment): boolean {
  return counted.has(payment.state);
}

function pays(option: PayOption, payment: Payment): boolean {
  return option.chain === payment.chain && option.asset.toLowerCase() === payment.asset.toLowerCase();
}

/** Sums what counts, one line per chain and asset, in the order of first sight. */
export function receivedOf(payments: readonly Payment[]): Received[] {
  const sums = new Map<string, Received>();
  for (const payment of payments.filter(counts)) {
    const key = `${payment.chain ?? ''} ${payment.asset.toLowerCase()}`;
    const sum = sums.get(key);
    sums.set(key, {
      chain: payment.chain,
      asset: payment.asset,
      symbol: payment.symbol,
      decimals: payment.decimals,
      amount: (BigInt(sum?.amount ?? 0) + BigInt(payment.amount)).toString(),
    });
  }
  return [...sums.values()];
}

function total(option: PayOption, payments: readonly Payment[]): bigint {
  return payments.filter((payment) => pays(option, payment)).reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}

/** Which of an order's payments bear on a question: those whose state is in `states`. */
function among(order: Order, states: ReadonlySet<Payment['state']>): Payment[] {
  return order.payments.filter((payment) => states.has(payment.state));
}

/**
 * True when the payments cover what is due. The processor's own settlement is its word that the whole was paid, within
 * a threshold only it knows.
 */
function covered(order: Order, payments: readonly Payment[]): boolean {
  return (
    payments.some((payment) => payment.witness === 'processor' && payment.state === 'settled') ||
    order.pay.some((option) => total(option, payments) >= BigInt(option.minimum ?? option.amount))
  );
}

/** When the counted payments first covered what is due, or null while they do not. */
function coveredAt(order: Order): number | null {
  const inTime = among(order, counted).sort((a, b) => a.seenAt - b.seenAt);
  for (let n = 1; n <= inTime.length; n += 1) {
    if (covered(order, inTime.slice(0, n))) return inTime[n - 1]?.seenAt ?? null;
  }
  return null;
}

function settledByProcessor(order: Order): boolean {
  return order.payments.some((payment) => payment.witness === 'processor' && payment.state === 'settled');
}

function refundStatus(order: Order): OrderStatus | null {
  if (order.refunds.some((refund) => refund.state === 'requested')) return 'refunding';
  const back = order.refunds.filter(({ currency }) => currency === order.price.currency).map(({ amount }) => amount);
  const foreign = order.refunds.length > back.length;
  return order.refunds.length > 0 && (foreign || compareDecimals(addDecimals(back), order.price.amount) >= 0)
    ? 'refunded'
    : null;
}

/** Status from the payments alone; a refund, and an end of the order that no money contradicts, come before it. */
export function statusOf(order: Order): OrderStatus {
  const refund = refundStatus(order);
  if (refund) return refund;
  const at = coveredAt(order);
  if (at === null) return order.ended?.as ?? 'awaiting';
  const settled = covered(order, among(order, final));
  if (settledByProcessor(order)) return 'paid';
  if (at > order.graceUntil) return 'expired';
  if (order.ended && order.ended.as !== 'expired' && !settled) return order.ended.as;
  if (settled) return 'paid';
  return covered(order, among(order, included)) ? 'confirming' : 'detected';
}

function isLate(order: Order): boolean {
  const at = coveredAt(order);
  if (at !== null) return at > order.expiresAt;
  return among(order, counted).some((payment) => payment.seenAt > order.expiresAt);
}

/** The money flags of an order, in the order of `moneyFlags`, and the chain flags it already carries. */
export function flagsOf(order: Order): Flag[] {
  const payments = among(order, counted);
  const right = payments.filter((payment) => order.pay.some((option) => pays(option, payment)));
  const flags: Flag[] = [];
  if (right.length > 0 && coveredAt(order) === null) flags.push('underpaid');
  if (order.pay.some((option) => total(option, payments) > BigInt(option.amount))) flags.push('overpaid');
  if (isLate(order)) flags.push('late');
  if (payments.length > 1) flags.push('multiple');
  if (order.pay.length > 0 && right.length < payments.length) flags.push('wrong-asset');
  const carried = order.flags.filter((flag) => (chainFlags as readonly Flag[]).includes(flag));
  return [...flags, ...carried];
}
