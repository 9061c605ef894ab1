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

/** What an order's facts mean. */
export interface Settlement {
  /** What counts, one line per chain and asset, in the order of first sight. */
  readonly received: Received[];
  readonly status: OrderStatus;
  /** The money flags, in the order of `moneyFlags`, and the chain flags that the order carries. */
  readonly flags: Flag[];
}

export function settlementOf(order: Order): Settlement {
  const counting = among(order, counted);
  const at = firstCovered(order, counting);
  const own = distinct(counting);
  return {
    received: sumOf(own),
    status: statusOf(order, counting, at),
    flags: [...moneyFlagsOf(order, counting, own, at), ...order.flags.filter((flag) => chainFlagNames.has(flag))],
  };
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
    const { chain, asset, symbol, decimals } = payment;
    const amount = sum ? (BigInt(sum.amount) + BigInt(payment.amount)).toString() : payment.amount;
    sums.set(key, { chain, asset, symbol, decimals, amount });
  }
  return [...sums.values()];
}

/** @param own payments that are money of their own */
function total(option: PayOption, own: readonly Payment[]): bigint {
  return own.reduce((sum, payment) => (pays(option, payment) ? sum + BigInt(payment.amount) : sum), 0n);
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
  if (payments.some(settledByProcessor)) return true;
  const own = distinct(payments);
  return order.pay.some((option) => total(option, own) >= BigInt(option.minimum ?? option.amount));
}

/** When the counted payments first covered what is due, or null while they do not. */
export function coveredAt(order: Order): number | null {
  return firstCovered(order, among(order, counted));
}

function firstCovered(order: Order, counting: readonly Payment[]): number | null {
  const inTime = counting.toSorted((a, b) => a.seenAt - b.seenAt);
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

/**
 * Status from the payments alone; a refund, and an end of the order that no money contradicts, come before it.
 * @param counting payments that count
 * @param at when they first covered what is due
 */
function statusOf(order: Order, counting: readonly Payment[], at: number | null): OrderStatus {
  const refund = refundStatus(order);
  if (refund) return refund;
  if (at === null) return order.ended?.as ?? 'awaiting';
  const settling = counting.filter(({ state }) => final.has(state));
  const settled = covered(order, settling);
  if (settling.some(settledByProcessor)) return 'paid';
  if (at > order.graceUntil) return 'expired';
  if (order.ended && order.ended.as !== 'expired' && !settled) return order.ended.as;
  if (settled) return 'paid';
  const mined = counting.filter(({ state }) => included.has(state));
  return covered(order, mined) ? 'confirming' : 'detected';
}

const chainFlagNames: ReadonlySet<Flag> = new Set<Flag>(chainFlags);

/** @param own those of the counting payments that are money of their own */
function moneyFlagsOf(order: Order, counting: readonly Payment[], own: readonly Payment[], at: number | null): Flag[] {
  const right = own.filter((payment) => order.pay.some((option) => pays(option, payment)));
  const flags: Flag[] = [];
  if (right.length > 0 && at === null) flags.push('underpaid');
  if (order.pay.some((option) => total(option, own) > BigInt(option.amount))) flags.push('overpaid');
  if (isLate(order, counting, at)) flags.push('late');
  if (own.length > 1) flags.push('multiple');
  if (order.pay.length > 0 && right.length < own.length) flags.push('wrong-asset');
  return flags;
}

function isLate(order: Order, counting: readonly Payment[], at: number | null): boolean {
  if (at !== null) return at > order.expiresAt;
  return counting.some((payment) => payment.seenAt > order.expiresAt);
}
