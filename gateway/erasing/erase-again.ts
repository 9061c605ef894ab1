import type { Clock } from '../ledger.ts';
import { erasedOrders } from '../store/erased-orders.ts';
import type { ErasedOrder } from '../store/erased-orders.ts';
import type { Storage } from '../store/open-store.ts';
import { eraseCustomerOf } from './erase-customer.ts';

/**
 * A backup brings back whoever was erased since it was made: they are erased once more.
 * @param before whose customers were erased when the backup was restored
 * @returns how many were
 */
export async function eraseAgain(storage: Storage, clock: Clock, before: readonly ErasedOrder[]): Promise<number> {
  const keyOf = ({ store, order }: ErasedOrder): string => JSON.stringify([store, order]);
  const still = new Set((await erasedOrders(storage.reader)).map(keyOf));
  let again = 0;
  for (const erased of before) {
    if (still.has(keyOf(erased))) continue;
    if (await eraseCustomerOf({ storage, clock, ...erased })) again += 1;
  }
  return again;
}
