/** Erases what is known of one order's customer: here at once, and at the desks by the event that tells them [AU4]. */
import type { Actor, Customer } from '../../contract/order.ts';
import type { Clock, Report } from '../ledger.ts';
import { eraseCustomer, withCustomers } from '../store/customers.ts';
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
export async function eraseCustomerOf({ storage, clock, store, order, actor }: Erasing): Promise<Erased | null> {
  const { reader, writer, ledger } = storage;
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
    return redacted;
  });
  const purged = await storage.purge();
  return { order, erasedAt: found.customerErasedAt ?? erasedAt, deliveries, purged };
}

function needlesOf({ name, email }: Customer): string[] {
  return [name, email].flatMap((each) => (each !== undefined && each.length >= TELLING_LENGTH ? [each] : []));
}
