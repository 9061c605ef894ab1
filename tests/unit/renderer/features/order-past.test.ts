import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAll } from '../../../../contract/fold.ts';
import type { TrailEvent } from '../../../../contract/ipc.ts';
import type { Order } from '../../../../contract/order.ts';
import { isWhole, orderPast } from '../../../../renderer/features/case/replay/order-past.ts';
import { log } from '../../contract/arbitrary-events.ts';

const none: ReadonlyMap<string, Order> = new Map();

/** Any store's log as this desk took it: what came with a snapshot has no time of arrival. */
const arrived = fc
  .tuple(log, fc.array(fc.option(fc.nat(6_000)), { minLength: 60, maxLength: 60 }))
  .map(([events, times]) =>
    events.map((event, n): TrailEvent => ({ ...event, emittedAt: null, arrivedAt: times[n % times.length] ?? null })),
  );

const event = (seq: number, kind: string, data: TrailEvent['data'], arrivedAt: number | null): TrailEvent => ({
  ...{ seq, id: `00000000-0000-4000-8000-00000000000${seq}`, epoch: 'e', store: 'main', order: 'o', source: 's' },
  ...{ kind, data, at: { occurred: 1, sent: null, received: seq * 100 }, emittedAt: null, arrivedAt },
});
const created = event(
  1,
  'order.created',
  {
    order: {
      ...{ sourceRef: 'r', reference: 'A-1', price: { currency: 'USD', amount: '5' }, pay: [], live: true },
      ...{ createdAt: 1, expiresAt: 2, graceUntil: 3 },
    },
  },
  null,
);
const note = (seq: number, arrivedAt: number | null) => event(seq, 'note.added', { text: `note ${seq}` }, arrivedAt);

describe('the past of an order', () => {
  it('[DL10] [FR6] is what the fold of the whole store’s log makes of it up to each event, for 200 seeded histories', () => {
    let compared = 0;
    fc.assert(
      fc.property(arrived, (events) => {
        for (const id of new Set(events.flatMap(({ order }) => order ?? []))) {
          for (const { event: last, order } of orderPast(events.filter((each) => each.order === id))) {
            const { customer, ...then } = foldAll(
              none,
              events.filter(({ seq }) => seq <= last.seq),
            ).get(id)!;
            const erased = events.some((each) => each.order === id && each.kind === 'customer.erased');
            expect(order).toEqual(erased || customer === undefined ? then : { ...then, customer });
            compared += 1;
          }
        }
      }),
      { numRuns: 200, seed: 20_261_121 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('never goes back in time from one event to the next', () => {
    fc.assert(
      fc.property(arrived, (events) => {
        const times = orderPast(events.filter(({ order }) => order === 'ord_1')).map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('stands at what this screen showed: what came late was not there before', () => {
    const steps = orderPast([created, note(2, 900), note(3, 300)]);
    expect(steps.map(({ at, order }) => [at, order.notes.length])).toEqual([
      [100, 0],
      [900, 1],
      [900, 2],
    ]);
  });

  it('[DL7] is not ended by an event that cannot be read', () => {
    const broken = event(2, 'payment.settled', { paymentId: 7 }, null);
    expect(orderPast([created, broken, note(3, null)]).map(({ order }) => order.notes.length)).toEqual([0, 0, 1]);
  });

  it('[AU4] holds nothing of a customer who was erased since', () => {
    const named = event(2, 'order.updated', { changes: { customer: { name: 'Ada' } } }, null);
    const erased = event(3, 'customer.erased', {}, null);
    expect(orderPast([created, named]).map(({ order }) => order.customer?.name)).toEqual([undefined, 'Ada']);
    expect(orderPast([created, named, erased]).some(({ order }) => order.customer !== undefined)).toBe(false);
  });

  it('is told only where the order’s first event is held', () => {
    expect(isWhole({ complete: true, events: [created, note(2, null)] })).toBe(true);
    expect(isWhole({ complete: true, events: [note(2, null)] })).toBe(false);
    expect(isWhole({ complete: false, events: [created] })).toBe(false);
    expect(isWhole({ complete: true, events: [] })).toBe(false);
    expect(orderPast([note(2, null)])).toEqual([]);
  });
});
