/** Which orders the queue shows. */
import type { Order } from '../../contract/order.ts';
import { formatUnits } from '../../contract/money.ts';
import { needsEyes } from '../../contract/needs-eyes.ts';
import { holderOf } from './case-holder.ts';
import type { Self } from './case-holder.ts';

export const statusFilters = ['all', 'eyes', 'mine', 'waiting', 'confirming', 'paid', 'ended'] as const;
export type StatusFilter = (typeof statusFilters)[number];

export interface OrderFilter {
  readonly status: StatusFilter;
  /** null: every source. */
  readonly source: string | null;
  /** null: every store. */
  readonly store: string | null;
  /** Every word must be found somewhere in the order. */
  readonly text: string;
}

export const everything: OrderFilter = { status: 'all', source: null, store: null, text: '' };

const ended: ReadonlySet<Order['status']> = new Set<Order['status']>([
  'expired',
  'failed',
  'cancelled',
  'refunding',
  'refunded',
]);

function inStatus(order: Order, status: StatusFilter, self: Self | null): boolean {
  switch (status) {
    case 'all':
      return true;
    case 'eyes':
      return needsEyes(order);
    case 'mine':
      return holderOf(order, self)?.own ?? false;
    case 'waiting':
      return order.status === 'awaiting';
    case 'confirming':
      return order.status === 'detected' || order.status === 'confirming';
    case 'paid':
      return order.status === 'paid';
    case 'ended':
      return ended.has(order.status);
    default:
      return status satisfies never;
  }
}

function amounts(order: Order): string[] {
  const units = [...order.pay, ...order.payments, ...order.received];
  const readable = units.flatMap(({ amount, decimals }) =>
    decimals === null ? [] : [formatUnits(BigInt(amount), decimals)],
  );
  return [order.price.amount, ...readable, ...units.map(({ amount }) => amount)];
}

function textOf(order: Order): string {
  const { customer, price } = order;
  const payments = order.payments.flatMap(({ id, txHash, from, to, replacedBy, symbol }) => [
    ...[id, txHash, from, to, replacedBy, symbol],
  ]);
  return [
    ...[order.reference, order.id, order.sourceRef, order.source, order.method, price.currency],
    ...[customer?.name, customer?.email, order.claimedBy?.name, order.handedTo?.name],
    ...order.pay.flatMap(({ address, symbol }) => [address, symbol]),
    ...order.refunds.map(({ id }) => id),
    ...payments,
    ...amounts(order),
  ]
    .filter((part) => part !== undefined && part !== null)
    .join('\n')
    .toLowerCase();
}

/** An order never changes once made, so its searchable text is made once, and goes with it. */
export type Haystack = WeakMap<Order, string>;

function haystackOf(order: Order, made: Haystack): string {
  const known = made.get(order);
  if (known !== undefined) return known;
  const text = textOf(order);
  made.set(order, text);
  return text;
}

/**
 * A predicate over orders; `null` when everything passes, so that nothing needs to be looked at.
 * @param self whose cases `mine` are
 */
export function filterOf(
  filter: OrderFilter,
  made: Haystack,
  self: Self | null = null,
): ((order: Order) => boolean) | null {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { status, source, store } = filter;
  if (status === 'all' && source === null && store === null && words.length === 0) return null;
  return (order) => {
    if (store !== null && order.store !== store) return false;
    if (source !== null && order.source !== source) return false;
    if (!inStatus(order, status, self)) return false;
    if (words.length === 0) return true;
    const text = haystackOf(order, made);
    // "$19.99" and "#A-1041" are how people write what the order holds as 19.99 and A-1041.
    return words.every((word) => text.includes(word) || text.includes(word.replace(/^[#$€£]/, '')));
  };
}
