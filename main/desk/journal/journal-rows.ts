/** Between rows and what they mean; customer data is parted from the rest on the way in [AU4]. */
import type { Event } from '../../../contract/events.ts';
import type { TrailEvent } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { Store } from '../../../contract/protocol.ts';
import type { SourceState } from '../../../contract/source-state.ts';
import type { StoreRecord } from './journal.ts';

export interface StoreRow {
  readonly id: string;
  readonly body: string;
  readonly epoch: string | null;
  readonly seq: number | null;
  readonly event_id: string | null;
  readonly as_of: number | null;
  readonly sources: string;
  readonly quarantined: number;
  readonly base: number;
}

export function recordOf(row: StoreRow): StoreRecord {
  const { epoch, seq, event_id: id } = row;
  return {
    store: JSON.parse(row.body) as Store,
    position: epoch === null || seq === null ? null : { epoch, seq, ...(id !== null && { id }) },
    asOf: row.as_of,
    sources: JSON.parse(row.sources) as SourceState[],
    quarantined: row.quarantined,
    base: row.base,
  };
}

export interface OrderRow {
  readonly id: string;
  readonly incomplete: number;
  readonly body: string | null;
  readonly customer: string | null;
}

/** @returns null for an id that waits to be fetched for the first time */
export function orderOf(row: OrderRow): Order | null {
  if (row.body === null) return null;
  const order = JSON.parse(row.body) as Order;
  return row.customer === null
    ? order
    : { ...order, customer: JSON.parse(row.customer) as NonNullable<Order['customer']> };
}

export function orderBodies(order: Order): { body: string; customer: string | null } {
  if (order.customer === undefined) return { body: JSON.stringify(order), customer: null };
  const { customer, ...rest } = order;
  return { body: JSON.stringify(rest), customer: JSON.stringify(customer) };
}

export interface EventRow {
  readonly emitted_at: number | null;
  readonly arrived_at: number;
  readonly body: string;
}

export function trailEventOf(row: EventRow): TrailEvent {
  return { ...(JSON.parse(row.body) as Event), emittedAt: row.emitted_at, arrivedAt: row.arrived_at };
}

/** An event as it is kept: the customer stays with the order alone. */
export function eventBody(event: Event): string {
  const part = event.kind === 'order.created' ? 'order' : event.kind === 'order.updated' ? 'changes' : null;
  const said = part === null ? null : event.data[part];
  if (part === null || typeof said !== 'object' || said === null || !('customer' in said)) return JSON.stringify(event);
  const { customer: _, ...rest } = said;
  return JSON.stringify({ ...event, data: { ...event.data, [part]: rest } });
}
