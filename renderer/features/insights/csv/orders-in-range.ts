/** The orders that a range of days is about, oldest first. */
import type { Order } from '../../../../contract/order.ts';
import type { DayRange } from '../../../store/insight-choice.ts';
import { takenAt } from '../../../store/taken-at.ts';
import { createTimeGrid } from '../count/time-grid.ts';

/**
 * Those created in the range, and those that became takings in it, so that the file adds up to what the charts show.
 * @param zones time zones by store; orders of other stores are left out
 */
export function ordersInRange(
  orders: Iterable<Order>,
  range: DayRange,
  zones: ReadonlyMap<string, string>,
): readonly Order[] {
  const grid = createTimeGrid(range, 'month', [...new Set(zones.values())]);
  const within = (order: Order): boolean => {
    const zone = zones.get(order.store);
    if (zone === undefined) return false;
    const at = takenAt(order);
    return grid.indexOf(order.createdAt, zone) >= 0 || (at !== null && grid.indexOf(at, zone) >= 0);
  };
  return [...orders].filter(within).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}
