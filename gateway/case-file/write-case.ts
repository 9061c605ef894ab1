import { isUtf8 } from 'node:buffer';
import type { Event } from '../../contract/events.ts';
import type { Order } from '../../contract/order.ts';
import type { Store } from '../../contract/protocol.ts';
import { withCustomers } from '../store/customers.ts';
import { deliveryBytes } from '../store/deliveries.ts';
import { orderHistory } from '../store/order-history.ts';
import type { Storage } from '../store/open-store.ts';
import { CASE_FORMAT } from './case-file.ts';
import type { CaseContent, CaseDelivery, CaseFile } from './case-file.ts';
import type { CaseKey } from './case-key.ts';
import { manifestOf } from './case-manifest.ts';

export interface CaseRequest {
  readonly store: Store;
  readonly order: Order;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly version: string;
  readonly key: CaseKey;
}

const EVERYTHING = { events: 1_000, bytes: Number.POSITIVE_INFINITY };

/** The file of an order as it stands. Its events are those that made it what it is, not newer ones. */
export async function writeCase(
  { reader }: Pick<Storage, 'reader'>,
  { store, order, now, version, key }: CaseRequest,
): Promise<CaseFile> {
  const events = await eventsOf(reader, order);
  const [shown = order] = await withCustomers(reader, store.id, [order]);
  const content: CaseContent = {
    format: CASE_FORMAT,
    about: { writtenAt: now, gateway: version, store, complete: events[0]?.kind === 'order.created' },
    order: shown,
    events,
    deliveries: await deliveriesOf(reader, store.id, events),
    chain: order.payments.map(({ id, chain, txHash, block, confirmations, state }) => {
      return { payment: id, chain, txHash, block: block ?? null, confirmations, state };
    }),
  };
  const manifest = manifestOf(content);
  return { ...content, manifest, signature: key.sign(manifest.whole) };
}

async function eventsOf(reader: Storage['reader'], { store, id, updatedSeq }: Order): Promise<Event[]> {
  const events: Event[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: { events: Event[]; next?: number } = await orderHistory(
      reader,
      { store, order: id, after },
      EVERYTHING,
    );
    events.push(...page.events);
    after = page.next;
  }
  return events.filter(({ seq }) => seq <= updatedSeq);
}

async function deliveriesOf(
  reader: Storage['reader'],
  store: string,
  events: readonly Event[],
): Promise<CaseDelivery[]> {
  const ids = new Set(events.flatMap(({ raw }) => (raw === undefined ? [] : [raw])));
  const found = await Promise.all([...ids].map((id) => deliveryBytes(reader, store, id)));
  return found.flatMap((delivery) => {
    if (!delivery) return [];
    return [{ ...delivery, body: readable(delivery.body) }];
  });
}

function readable(body: Uint8Array): CaseDelivery['body'] {
  const bytes = Buffer.from(body);
  return isUtf8(bytes)
    ? { encoding: 'utf8', data: bytes.toString('utf8') }
    : { encoding: 'base64', data: bytes.toString('base64') };
}
