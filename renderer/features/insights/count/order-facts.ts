/** What the insights count of one order. */
import type { Flag, Order, OrderStatus, Received } from '../../../../contract/order.ts';
import { counts } from '../../../../contract/settlement.ts';

/** Ends that are not the one a shop hopes for. */
const unhappy = ['expired', 'failed', 'cancelled', 'refunding', 'refunded'] as const satisfies readonly OrderStatus[];
export type ExceptionKind = Flag | (typeof unhappy)[number];

/** Test orders, and those of which only a refund is known, are in no figure. */
export function isCounted({ live, provisional }: Order): boolean {
  return live && provisional !== true;
}

/** Everything about an order that did not go as it should; each kind once. */
export function exceptionsOf({ flags, status }: Order): ExceptionKind[] {
  const end = unhappy.find((kind) => kind === status);
  return end === undefined ? [...new Set(flags)] : [...new Set(flags), end];
}

/** From the order's creation to the first sight of money for it, milliseconds; null while none was seen. */
export function sightSpan(order: Order): number | null {
  const seenAt = firstSeen(order);
  // A source's clock may be a little behind the shop's.
  return seenAt === null ? null : Math.max(0, seenAt - order.createdAt);
}

/** From the first sight of money to the whole being settled, milliseconds; null while it is not. */
export function settlementSpan(order: Order): number | null {
  const seenAt = firstSeen(order);
  return seenAt === null || order.paidAt === undefined ? null : Math.max(0, order.paidAt - seenAt);
}

function firstSeen({ payments }: Order): number | null {
  let first: number | null = null;
  for (const payment of payments) {
    if (counts(payment) && (first === null || payment.seenAt < first)) first = payment.seenAt;
  }
  return first;
}

/** By what an order was paid: `several` where by more than one asset, `unknown` where nobody told. */
export type AssetKey = 'several' | 'unknown' | `${string} ${string}`;

export function assetOf({ received }: Order): AssetKey {
  const [first, ...others] = received;
  if (!first) return 'unknown';
  return others.length > 0 ? 'several' : assetKey(first);
}

/** One asset on one chain; an asset's symbol is no name of it, for anyone may take it. */
function assetKey({ chain, asset }: Received): AssetKey {
  return `${chain ?? ''} ${asset.toLowerCase()}`;
}
