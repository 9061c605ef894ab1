import type { Clock } from '../ledger.ts';
import { dueErasures } from '../store/due-erasures.ts';
import type { Storage } from '../store/open-store.ts';
import { eraseUnpurged } from './erase-customer.ts';

/**
 * A backup brings back whoever was erased since it was made: they are erased once more. An order that the backup does not
 * have waits until its processor tells of it again.
 * @param isOver asked between two orders: what is left then is gone on with the next time
 * @throws the first of what failed, after all the others
 */
export async function eraseAgain(storage: Storage, clock: Clock, isOver = () => false): Promise<void> {
  const failures: unknown[] = [];
  let erased = 0;
  for (const due of await dueErasures(storage.reader)) {
    if (isOver()) break;
    try {
      if (await eraseUnpurged({ storage, clock, ...due })) erased += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (erased > 0) await storage.purge();
  if (failures.length > 0) throw failures[0];
}
