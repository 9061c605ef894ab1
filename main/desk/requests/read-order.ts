import type { RequestOutput, TrailEvent } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { GatewayApi } from '../connection/gateway-api.ts';
import { failed } from '../connection/failure.ts';
import type { Outcome } from '../connection/failure.ts';
import { checkEvent } from '../delivery/check-event.ts';
import type { StoreBook } from '../delivery/store-book.ts';
import { DeskError } from '../desk.ts';
import type { Journal } from '../journal/journal.ts';

/** More history than any order has in good faith. */
const PAGES_MOST = 25;

type OrderRead = RequestOutput<'order.read'>;

/**
 * An order with its events: from the gateway while it can be reached, else what the journal holds [FR5].
 * @throws DeskError `unknown-order` when neither knows it
 */
export async function readOrder(
  book: StoreBook,
  id: string,
  api: GatewayApi | null,
  journal: Journal,
): Promise<OrderRead> {
  const kept = journal.events(book.store.id, id);
  const fetched = api ? await history(api, book, id) : null;
  if (fetched?.ok) return merged(fetched.value, book.orders.get(id), kept);
  const order = book.orders.get(id);
  if (!order)
    throw new DeskError('unknown-order', 'This order is not known here. It may have left what this device keeps.');
  const [first] = kept;
  const whole = first?.kind === 'order.created' && first.seq > book.record.base && !book.incomplete.has(id);
  return { order, events: [...kept], from: 'journal', complete: whole };
}

interface History {
  readonly order: Order;
  readonly events: readonly TrailEvent[];
  readonly complete: boolean;
}

async function history(api: GatewayApi, book: StoreBook, id: string): Promise<Outcome<History>> {
  const events: TrailEvent[] = [];
  let cursor: string | undefined;
  let complete = true;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const read = await api.orderPage(book.store.id, id, cursor);
    if (!read.ok) return read;
    for (const raw of read.value.events) {
      const event = checkEvent(raw, book.store.id, null);
      if (event.ok) events.push({ ...event.event, emittedAt: null, arrivedAt: null });
      else complete = false;
    }
    cursor = read.value.next;
    if (cursor === undefined) return { ok: true, value: { order: read.value.order, events, complete } };
  }
  return failed({ kind: 'unreadable', html: false, what: 'a history without end' });
}

/** The gateway's word, with this desk's own times on the events it received itself. */
function merged(fetched: History, held: Order | undefined, kept: readonly TrailEvent[]): OrderRead {
  const own = new Map(kept.map((event) => [event.id, event]));
  const events = fetched.events.map((event) => {
    const { emittedAt = null, arrivedAt = null } = own.get(event.id) ?? {};
    return { ...event, emittedAt, arrivedAt };
  });
  const known = new Set(events.map(({ id }) => id));
  const order = held && held.updatedSeq > fetched.order.updatedSeq ? held : fetched.order;
  // Events may have arrived while the gateway was being asked.
  const later = kept.filter((event) => !known.has(event.id) && event.seq > fetched.order.updatedSeq);
  return {
    order,
    events: [...events, ...later].sort((a, b) => a.seq - b.seq),
    from: 'gateway',
    complete: fetched.complete,
  };
}
