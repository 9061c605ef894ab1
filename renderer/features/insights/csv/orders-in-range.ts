/** The orders that a range of days is about, oldest first; gathered in slices, so that nothing waits for it. */
import type { Order } from '../../../../contract/order.ts';
import type { DayRange } from '../../../store/insight-choice.ts';
import { takenAt } from '../../../store/taken-at.ts';
import { createTimeGrid } from '../count/time-grid.ts';

/** Orders looked at in one slice. */
export const SLICE_ORDERS = 4000;
const HOUR_MS = 3_600_000;

export interface RangeQuery {
  /** Changed in place as orders come and go. */
  readonly orders: ReadonlyMap<string, Order>;
  readonly range: DayRange;
  /** Time zones by store; orders of other stores are left out. */
  readonly zones: ReadonlyMap<string, string>;
}

export interface RangePorts {
  /** Lets whatever waits have its turn. */
  readonly pause: () => Promise<void>;
  /** Ends it with an AbortError. */
  readonly signal: AbortSignal;
}

function byAge(a: Order, b: Order): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

/**
 * Those created in the range, and those that became takings in it, so that the file adds up to what the charts show.
 * @throws DOMException `AbortError` when the signal ends it
 */
export async function ordersInRange({ orders, range, zones }: RangeQuery, ports: RangePorts): Promise<Order[]> {
  const grid = createTimeGrid(range, 'month', [...new Set(zones.values())]);
  const within = (order: Order): boolean => {
    const zone = zones.get(order.store);
    if (zone === undefined) return false;
    const at = takenAt(order);
    return grid.indexOf(order.createdAt, zone) >= 0 || (at !== null && grid.indexOf(at, zone) >= 0);
  };
  // By the hour, so that no sorting takes long.
  const hours = new Map<number, Order[]>();
  let looked = 0;
  for (const order of orders.values()) {
    if (within(order)) {
      const hour = Math.floor(order.createdAt / HOUR_MS);
      const same = hours.get(hour);
      if (same) same.push(order);
      else hours.set(hour, [order]);
    }
    looked += 1;
    if (looked % SLICE_ORDERS === 0) await turn(ports);
  }
  await turn(ports);
  return inOrder(hours, ports);
}

async function turn({ pause, signal }: RangePorts): Promise<void> {
  await pause();
  signal.throwIfAborted();
}

async function inOrder(hours: ReadonlyMap<number, Order[]>, ports: RangePorts): Promise<Order[]> {
  const found: Order[] = [];
  let sorted = 0;
  for (const [, same] of [...hours].sort(([a], [b]) => a - b)) {
    for (const order of same.sort(byAge)) found.push(order);
    sorted += same.length;
    if (sorted < SLICE_ORDERS) continue;
    sorted = 0;
    await turn(ports);
  }
  return found;
}
