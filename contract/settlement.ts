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

/**
 * True when a payment is in the asset an option asks for. Where a processor did not name the network of one of them,
 * its symbol decides.
 */
export function pays(option: PayOption, payment: Pick<Payment, 'chain' | 'asset' | 'symbol'>): boolean {
  if (option.chain === null || payment.chain === null) {
    return option.symbol.toUpperCase() === payment.symbol.toUpperCase();
  }
  return option.chain === payment.chain && option.asset.toLowerCase() === payment.asset.toLowerCase();
}

/**
 * The payments that are money of their own. A processor may settle an order without naming a transaction; once a node
 * shows money of the same asset, that is the same money, and the nameless payment only carries the processor's word. So
 * does one that names a transaction of which a node shows what it paid.
 */
export function distinct(payments: readonly Payment[]): Payment[] {
  const shown = payments.filter(({ witness }) => witness === 'node');
  return payments.filter((payment) => payment.witness === 'node' || !shown.some((each) => isSameMoney(payment, each)));
}

function isSameMoney({ symbol, txHash }: Payment, shown: Payment): boolean {
  if (symbol.toUpperCase() !== shown.symbol.toUpperCase()) return false;
  return txHash === null || txHash.toLowerCase() === shown.txHash?.toLowerCase();
}

/** Sums what counts, one line per chain and asset, in the order of first sight. */
export function receivedOf(payments: readonly Payment[]): Received[] {
  return sumOf(distinct(standing(payments).filter(counts)));
}

/** Without a processor's word on a transaction whose money a node shows to be gone: the chain contradicts it. */
function standing(payments: readonly Payment[]): Payment[] {
  const gone = payments.filter((payment) => payment.witness === 'node' && !counts(payment));
  const isGone = (word: Payment) => word.txHash !== null && gone.some((each) => isSameMoney(word, each));
  return gone.length === 0
    ? [...payments]
    : payments.filter((payment) => payment.witness === 'node' || !isGone(payment));
}

/** Adds payments up, one line per chain and asset, in their order. */
export function sumOf(payments: readonly Payment[]): Received[] {
  const sums = new Map<string, Received>();
  for (const payment of payments) {
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
  const paying = distinct(payments).filter((payment) => pays(option, payment));
  return paying.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}

/** Which of an order's payments bear on a question: those whose state is in `states`. */
function among(order: Order, states: ReadonlySet<Payment['state']>): Payment[] {
  return standing(order.payments).filter((payment) => states.has(payment.state));
}

/**
 * True when the payments cover what is due. The processor's own settlement is its word that the whole was paid, within
 * a threshold only it knows.
 */
function covered(order: Order, payments: readonly Payment[]): boolean {
  return (
    payments.some(settledByProcessor) ||
    order.pay.some((option) => total(option, payments) >= BigInt(option.minimum ?? option.amount))
  );
}

/** When the counted payments first covered what is due, or null while they do not. */
export function coveredAt(order: Order): number | null {
  const inTime = among(order, counted).sort((a, b) => a.seenAt - b.seenAt);
  for (let n = 1; n <= inTime.length; n += 1) {
    if (covered(order, inTime.slice(0, n))) return inTime[n - 1]?.seenAt ?? null;
  }
  return null;
}

/** True while the processor's settlement of a payment stands. */
export function settledByProcessor(payment: Payment): boolean {
  return payment.state === 'settled' && payment.settledBy === 'processor';
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
  if (among(order, final).some(settledByProcessor)) return 'paid';
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
  const payments = distinct(among(order, counted));
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
