/** How urgent an order is to the person at the counter. Pure: the same order at the same time is always the same. */
import { needsEyes } from '../../contract/needs-eyes.ts';
import type { Order } from '../../contract/order.ts';
import type { OrderKey } from './order-key.ts';

/** Most urgent first; also the groups of the queue. */
export const urgencies = [
  'eyes',
  'expiring',
  'confirming',
  'awaiting',
  'grace',
  'refunding',
  'paid',
  'closed',
] as const;
export type Urgency = (typeof urgencies)[number];

/** An unpaid order this close to its expiry is about to expire, in milliseconds. */
export const EXPIRING_MS = 120_000;
/** A paid order stays near the top for this long, in milliseconds. */
export const RECENT_MS = 15 * 60_000;

/** @param now the gateway's time, epoch milliseconds */
export function urgencyOf(order: Order, now: number): Urgency {
  if (needsEyes(order)) return 'eyes';
  switch (order.status) {
    case 'awaiting':
      if (order.expiresAt <= now) return order.graceUntil > now ? 'grace' : 'closed';
      return order.expiresAt - now <= EXPIRING_MS ? 'expiring' : 'awaiting';
    case 'detected':
    case 'confirming':
      return 'confirming';
    case 'refunding':
      return 'refunding';
    case 'paid':
      return now - (order.paidAt ?? order.updatedAt) <= RECENT_MS ? 'paid' : 'closed';
    case 'expired':
      return order.graceUntil > now ? 'grace' : 'closed';
    case 'failed':
    case 'cancelled':
    case 'refunded':
      return 'closed';
    default:
      return order.status satisfies never;
  }
}

/** Where an order stands in its group: what runs out first, what has waited longest, or what is newest. */
function positionOf(order: Order, urgency: Urgency): number {
  switch (urgency) {
    case 'expiring':
    case 'awaiting':
      return order.expiresAt;
    case 'grace':
      return order.graceUntil;
    case 'confirming':
    case 'refunding':
      return order.createdAt;
    case 'eyes':
      return -order.updatedAt;
    case 'paid':
    case 'closed':
      return -(order.paidAt ?? order.updatedAt);
    default:
      return urgency satisfies never;
  }
}

/** Sort key of an order: group, place in the group, and its id so that no two are equal. */
export interface Rank {
  readonly urgency: Urgency;
  readonly group: number;
  readonly position: number;
  readonly key: OrderKey;
  /** What stands in the column that the queue is sorted by; left out where it is sorted by urgency. */
  readonly value?: number | string;
}

export function rankOf(order: Order, key: OrderKey, now: number): Rank {
  const urgency = urgencyOf(order, now);
  return { urgency, group: urgencies.indexOf(urgency), position: positionOf(order, urgency), key };
}

export function compareRanks(a: Rank, b: Rank): number {
  return a.group - b.group || a.position - b.position || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** True while time alone can move the order to another group. */
export function movesWithTime(order: Order, now: number): boolean {
  if (order.status === 'awaiting' || order.status === 'expired') return order.graceUntil > now - 1000;
  return order.status === 'paid' && now - (order.paidAt ?? order.updatedAt) <= RECENT_MS + 1000;
}
