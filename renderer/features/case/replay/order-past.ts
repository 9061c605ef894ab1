/** What an order was after each of its events, by the same fold as the desk's. Pure. */
import { fold } from '../../../../contract/fold.ts';
import type { TrailEvent } from '../../../../contract/ipc.ts';
import type { Order } from '../../../../contract/order.ts';

/** The order as it stood from one event to the next. */
export interface PastStep {
  readonly event: TrailEvent;
  /** Gateway time from which this screen had it so; of what came with a snapshot, from which the gateway had it. */
  readonly at: number;
  readonly order: Order;
}

/**
 * @param events an order's whole history, oldest first; what comes before its creation tells of no order yet. A customer
 *   who was erased since is in none of the steps [AU4].
 */
export function orderPast(events: readonly TrailEvent[]): readonly PastStep[] {
  const erased = events.some(({ kind }) => kind === 'customer.erased');
  const steps: PastStep[] = [];
  let order: Order | undefined;
  let at = 0;
  for (const event of events) {
    order = after(order, event);
    at = Math.max(at, event.arrivedAt ?? event.at.received);
    if (order) steps.push({ event, at, order: erased ? withoutCustomer(order) : order });
  }
  return steps;
}

function withoutCustomer({ customer: _, ...order }: Order): Order {
  return order;
}

/** An event whose data cannot be read changes nothing here, as on the desk [DL7]. */
function after(order: Order | undefined, event: TrailEvent): Order | undefined {
  try {
    return fold(order, event);
  } catch {
    return order;
  }
}

/** False where the first events of the order are not held: then its past cannot be told from them. */
export function isWhole({ complete, events }: { readonly complete: boolean; readonly events: readonly TrailEvent[] }) {
  return complete && events[0]?.kind === 'order.created';
}
