/** Erases what is known of one order's customer: here at once, and at the desks by the event that tells them [AU4]. */
import type { Actor, Customer } from '../../contract/order.ts';
import type { Clock, Report } from '../ledger.ts';
import { eraseCustomer, withCustomers } from '../store/customers.ts';
import { demandedErasure, settleErasure } from '../store/due-erasures.ts';
import type { Storage } from '../store/open-store.ts';
import { deliveriesNaming, deliveriesOfOrder, redactDelivery } from '../store/redact-deliveries.ts';
import { securely } from '../store/secure-delete.ts';

/** What is shorter stands in many places by chance. */
const TELLING_LENGTH = 4;
/** A processor's own name of an order is at least so long; a shorter one may stand in deliveries about other orders. */
const OWN_LENGTH = 8;

export interface Erasing {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly store: string;
  readonly order: string;
  /** Who asked for it; left out for the command line. */
  readonly actor?: Actor;
}

export interface Erased {
  readonly order: string;
  /** Epoch milliseconds; of the first time where it was erased before. */
  readonly erasedAt: number;
  /** How many raw deliveries were redacted. */
  readonly deliveries: number;
  /** False while somebody kept reading from the write-ahead log; what was erased leaves it with a later checkpoint. */
  readonly purged: boolean;
}

/** @returns null when there is no such order */
export async function eraseCustomerOf(erasing: Erasing): Promise<Erased | null> {
  const erased = await eraseUnpurged(erasing);
  return erased && { ...erased, purged: await erasing.storage.purge() };
}

/** The same, while pages as they were before still stand in the write-ahead log. */
export async function eraseUnpurged(erasing: Erasing): Promise<Omit<Erased, 'purged'> | null> {
  const { storage, clock, store, order, actor } = erasing;
  const { reader, writer, ledger } = storage;
  // Before anything is looked for: what a restore brings back meanwhile is demanded anew.
  const demanded = await demandedErasure(reader, { store, order });
  const found = await ledger.order(store, order);
  if (!found) return null;
  const [known] = await withCustomers(reader, store, [found]);
  const needles = known?.customer ? needlesOf(known.customer) : [];
  const named = found.sourceRef.length < OWN_LENGTH ? [] : await deliveriesNaming(reader, store, found.sourceRef);
  const erasedAt = clock.now();
  const report: Report = {
    order,
    decide: (held) => {
      if (!held || held.customerErasedAt !== undefined) return [];
      const fact = { kind: 'customer.erased', order, source: 'desk', occurred: null, sent: null, data: {} } as const;
      return [{ ...fact, ...(actor && { actor }) }];
    },
  };
  const deliveries = await writer.write(async (tx) => {
    await ledger.appendIn(tx, store, [report]);
    await securely(tx, () => eraseCustomer(tx, store, order));
    const ids = new Set([...named, ...(await deliveriesOfOrder(tx, store, order))]);
    let redacted = 0;
    for (const id of ids) if (await redactDelivery(tx, id, needles, erasedAt)) redacted += 1;
    if (demanded !== undefined) await settleErasure(tx, { store, order }, demanded);
    return redacted;
  });
  return { order, erasedAt: found.customerErasedAt ?? erasedAt, deliveries };
}

function needlesOf({ name, email }: Customer): string[] {
  return [name, email].flatMap((each) => (each !== undefined && each.length >= TELLING_LENGTH ? [each] : []));
}
