/** A payment processor reduced to the least: a shared word for a signature, reports as JSON. */
import type { EventData } from '../../../contract/events.ts';
import type { OrderFact } from '../../../contract/order.ts';
import type { Report } from '../../../gateway/ledger.ts';
import { orderId } from '../../../gateway/order-id.ts';
import { UnreadableDelivery } from '../../../gateway/sources/source.ts';
import type { RawDelivery, Reading, Source } from '../../../gateway/sources/source.ts';

export interface TestDelivery {
  id: string;
  ref: string;
  payment?: EventData<'payment.detected'>['payment'];
  settled?: string;
  reorged?: string;
  fact?: Partial<OrderFact>;
  padding?: string;
}

export interface TestSource extends Source {
  /** Makes reading fail for a reason of the gateway's own. */
  broken: boolean;
}

export function testOrder(ref: string): string {
  return orderId('main', 'shop', ref);
}

export function createTestSource(now: () => number): TestSource {
  const source: TestSource = {
    id: 'shop',
    kind: 'test',
    store: 'main',
    expectedIntervalMs: null,
    broken: false,
    verify: ({ headers }) => (headers['x-word'] === 'right' ? { ok: true, sentAt: 1 } : { ok: false, reason: 'bad' }),
    read: (raw) => {
      if (source.broken) throw new Error('out of order');
      return read(raw, now());
    },
  };
  return source;
}

function read({ body }: RawDelivery, now: number): Reading {
  let delivery: TestDelivery;
  try {
    delivery = JSON.parse(Buffer.from(body).toString('utf8')) as TestDelivery;
  } catch {
    throw new UnreadableDelivery('not JSON');
  }
  return { dedupeKey: delivery.id, reports: [report(delivery, now)] };
}

function report({ ref, payment, settled, reorged, fact, padding }: TestDelivery, now: number): Report {
  const order = testOrder(ref);
  const about = { order, source: 'shop', occurred: null, sent: null };
  return {
    order,
    decide: (held) => [
      ...(held ? [] : [{ ...about, kind: 'order.created', data: { order: orderFact(ref, now, fact) } } as const]),
      ...(payment && !held?.payments.some(({ id }) => id === payment.id)
        ? [{ ...about, kind: 'payment.detected', data: { payment } } as const]
        : []),
      ...(settled === undefined ? [] : [{ ...about, kind: 'payment.settled', data: { paymentId: settled } } as const]),
      ...(reorged === undefined
        ? []
        : [
            {
              ...about,
              kind: 'payment.reorged',
              data: { paymentId: reorged, fromBlock: { number: 1, hash: '0x1' } },
            } as const,
          ]),
      ...(padding === undefined ? [] : [{ ...about, kind: 'note.added', data: { text: padding } } as const]),
    ],
  };
}

export function testPayment(id: string, amount = '1000'): EventData<'payment.detected'>['payment'] {
  return {
    id,
    chain: 'eip155:1',
    asset: 'native',
    symbol: 'ETH',
    decimals: 18,
    amount,
    txHash: `0x${id}`,
    required: 3,
    witness: 'node',
  };
}

function orderFact(ref: string, now: number, fact: Partial<OrderFact> = {}): OrderFact {
  return {
    sourceRef: ref,
    reference: `R-${ref}`,
    price: { currency: 'USD', amount: '19.99' },
    pay: [{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address: `0xAb${ref}`, amount: '1000' }],
    createdAt: now,
    expiresAt: now + 900_000,
    graceUntil: now + 4_500_000,
    live: true,
    ...fact,
  };
}
