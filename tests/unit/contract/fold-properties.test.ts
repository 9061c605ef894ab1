import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventEnvelopeSchema, eventKinds, isEventKind, knownEvent } from '../../../contract/events.ts';
import type { Event } from '../../../contract/events.ts';
import { fold, foldAll } from '../../../contract/fold.ts';
import { orderSchema } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import { log } from './arbitrary-events.ts';

const none: ReadonlyMap<string, Order> = new Map();
const runs = { numRuns: 400 };

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

describe('the fold, over any valid log', () => {
  it('is fed what it is meant for: valid events of every kind, and of kinds to come', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(log, (events) => {
        for (const event of events) {
          expect(eventEnvelopeSchema.safeParse(event).error?.issues).toBeUndefined();
          met.add(event.kind);
        }
      }),
      { ...runs, seed: 1 },
    );
    expect(eventKinds.filter((kind) => !met.has(kind))).toEqual([]);
    expect(met).toContain('payment.blessed');
  });

  it('is total, and what comes of it is an order as the contract says', () => {
    fc.assert(
      fc.property(log, (events) => {
        for (const order of foldAll(none, events).values()) {
          expect(orderSchema.safeParse(order).error?.issues).toBeUndefined();
        }
      }),
      runs,
    );
  });

  it('changes nothing that it was given', () => {
    fc.assert(
      fc.property(log, (events) => {
        frozen(events);
        events.reduce<Order | undefined>(
          (order, event) => frozen(fold(order, { ...event, order: 'ord_1' })),
          undefined,
        );
      }),
      runs,
    );
  });

  it('[DL10] gives the same from a snapshot and what came later as from the beginning', () => {
    fc.assert(
      fc.property(log, fc.nat(40), (events, cut) => {
        const snapshot = foldAll(none, events.slice(0, cut));
        const stored = new Map([...snapshot].map(([id, order]) => [id, JSON.parse(JSON.stringify(order)) as Order]));
        expect(foldAll(stored, events.slice(cut))).toEqual(foldAll(none, events));
      }),
      runs,
    );
  });

  it('[DL10] is idempotent: a snapshot that is newer than its seq skips what it already holds', () => {
    fc.assert(
      fc.property(log, fc.nat(40), fc.nat(40), (events, from, repeats) => {
        const all = foldAll(none, events);
        const again = events.slice(Math.max(0, from - repeats));
        expect(foldAll(all, again)).toEqual(all);
      }),
      runs,
    );
  });

  it('answers with the same object when there is nothing new', () => {
    fc.assert(
      fc.property(log, (events) => {
        const orders = foldAll(none, events);
        for (const event of events) {
          const order = orders.get(event.order ?? '');
          if (order) expect(fold(order, event)).toBe(order);
        }
      }),
      runs,
    );
  });

  it('depends on nothing but an order and its own events', () => {
    fc.assert(
      fc.property(log, (events) => {
        const mine = events.filter(({ order }) => order === 'ord_1');
        expect(foldAll(none, mine).get('ord_1')).toEqual(foldAll(none, events).get('ord_1'));
      }),
      runs,
    );
  });

  it('says of an order up to which event it is current, whatever the kind', () => {
    fc.assert(
      fc.property(log, (events) => {
        for (const [id, order] of foldAll(none, events)) {
          const own = events.filter((event) => event.order === id);
          expect(order.updatedSeq).toBe(own.at(-1)?.seq);
        }
      }),
      runs,
    );
  });
});

describe('kinds', () => {
  const envelope: Event = {
    seq: 1,
    id: '00000000-0000-4000-8000-000000000001',
    epoch: 'e',
    store: 'main',
    order: 'ord_1',
    kind: 'payment.blessed',
    source: 'cdc',
    at: { occurred: null, sent: null, received: 1 },
    data: { anything: [1] },
  };

  it('that are not known pass: they make no order, and change none but its position', () => {
    expect(fold(undefined, envelope)).toBeUndefined();
    expect(knownEvent(envelope)).toBeNull();
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', ''])('%j is no kind', (kind) => {
    expect(isEventKind(kind)).toBe(false);
  });

  it('that are known with data that does not fit are an error, never a wrong order', () => {
    expect(() => fold(undefined, { ...envelope, kind: 'order.created', data: {} })).toThrow();
  });

  it('before the creation of an order make none', () => {
    const settled = { ...envelope, kind: 'payment.settled', data: { paymentId: 'p1' } };
    expect(foldAll(none, [settled]).size).toBe(0);
  });
});
