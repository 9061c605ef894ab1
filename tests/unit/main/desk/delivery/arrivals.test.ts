import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Order } from '../../../../../contract/order.ts';
import { applyEvents } from '../../../../../main/desk/delivery/apply-events.ts';
import type { Due } from '../../../../../main/desk/delivery/apply-events.ts';
import { checkEvent, sequenced } from '../../../../../main/desk/delivery/check-event.ts';
import type { Arrival } from '../../../../../main/desk/delivery/check-event.ts';
import { GapBuffer } from '../../../../../main/desk/delivery/gap-buffer.ts';
import { momentsOf } from '../../../../../main/desk/delivery/moments.ts';
import { unsoundness } from '../../../../../main/desk/delivery/soundness.ts';
import { created, detected, noted } from '../../../../support/scripted-gateway/drafts.ts';
import { EPOCH, eventOf, orderOf } from './facts.ts';

const check = (raw: unknown): Arrival => checkEvent(raw, 'main', EPOCH);

describe('[DL7] soundness', () => {
  test.each<[string, unknown, string | null]>([
    ['a plain event', eventOf(1, created('a')), null],
    ['a reserved key', JSON.parse('{"a":{"__proto__":{"x":1}}}'), 'a reserved key'],
    ['NaN', { a: Number.NaN }, 'not a number'],
    ['infinity', [Number.POSITIVE_INFINITY], 'not a number'],
    ['2^53', { a: 2 ** 53 }, 'a number above 2^53'],
    ['2^53 − 1', { a: 2 ** 53 - 1 }, null],
    ['a fraction', { a: 0.1 }, null],
    ['much text', { a: 'x'.repeat(140_000) }, 'too large'],
    ['much of little', Array.from({ length: 20_000 }, () => 1), 'too large'],
    ['depth', Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], 1), 'too deep'],
  ])('%s', (_what, value, flaw) => expect(unsoundness(value)).toBe(flaw));

  test('whatever comes, the check answers', () => {
    fc.assert(fc.property(fc.anything(), (value) => !check(value).ok));
  });
});

describe('[DL7] one event by itself', () => {
  test('a good one passes', () => {
    const event = eventOf(3, created('a'));
    expect(check(event)).toEqual({ ok: true, event });
  });

  test('of a bad one seq and order are kept, and no value of it', () => {
    const arrival = check({ ...eventOf(3, created('a')), source: 'Ada Lovelace' });
    const { id } = eventOf(3, created('a'));
    expect(arrival).toEqual({ ok: false, seq: 3, id, order: 'a', kind: 'order.created', reason: 'fields source' });
  });

  test.each([{ epoch: 'other' }, { store: 'elsewhere' }])('one of another log is none of ours: %o', (other) => {
    expect(check({ ...eventOf(3, created('a')), ...other })).toMatchObject({ ok: false, reason: 'of another log' });
  });
});

describe('[DL7] where an unreadable event belongs', () => {
  const good = (seq: number): Arrival => ({ ok: true, event: eventOf(seq, created('a')) });
  const bad = (seq: number | null): Arrival => ({
    ...{ ok: false, seq, order: null, id: null, kind: null, reason: 'x' },
  });

  test.each<[string, Arrival[], number | null, (number | null)[]]>([
    ['its own word', [bad(7)], null, [7]],
    ['between two', [good(5), bad(null), good(7)], null, [5, 6, 7]],
    ['two between two', [good(5), bad(null), bad(null), good(8)], null, [5, 6, 7, 8]],
    ['before one', [bad(null), good(7)], null, [6, 7]],
    ['no room between two', [good(5), bad(null), good(6)], null, [5, null, 6]],
    ['after the last nobody knows', [good(5), bad(null)], null, [5, null]],
    ['alone nobody knows', [bad(null)], null, [null]],
    ['at the beginning of a subscription', [bad(null), bad(null)], 4, [4, 5]],
    ['there it must fit its neighbour too', [bad(null), good(9)], 4, [null, 9]],
  ])('%s', (_what, arrivals, first, seqs) => expect(sequenced(arrivals, first)).toEqual(seqs));

  test('one whose own word led nowhere is placed by the subscription', () => {
    expect(sequenced([bad(9_000_000), good(5)], 4)).toEqual([9_000_000, 5]);
    expect(sequenced([bad(9_000_000), good(5)], 4, true)).toEqual([4, 5]);
  });
});

const due = (seq: number): Due => ({
  ...{ seq, emittedAt: 1, arrivedAt: 2 },
  arrival: { ok: true, event: eventOf(seq, noted('a', String(seq))) },
});

describe('[DL2] order', () => {
  test('whatever the order and however often, each comes once and in turn', () => {
    const shuffled = fc.nat(30).chain((n) => {
      const seqs = Array.from({ length: n }, (_, at) => at + 1);
      return fc.tuple(fc.constant(n), fc.shuffledSubarray([...seqs, ...seqs], { minLength: 2 * n, maxLength: 2 * n }));
    });
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 7 }), ([n, seqs], size) => {
        const buffer = new GapBuffer();
        const out: number[] = [];
        for (let at = 0; at < seqs.length; at += size) {
          const turn = buffer.offer(seqs.slice(at, at + size).map(due), out.length);
          out.push(...turn.map(({ seq }) => seq));
        }
        expect(out).toEqual(Array.from({ length: n }, (_, at) => at + 1));
        expect(buffer.waiting).toBe(false);
      }),
    );
  });

  test('a gap waits, and no more than so many are held', () => {
    const buffer = new GapBuffer();
    expect(buffer.offer([due(3), due(1)], 0).map(({ seq }) => seq)).toEqual([1]);
    expect(buffer.waiting).toBe(true);
    buffer.offer(
      Array.from({ length: 5_000 }, (_, n) => due(n + 4)),
      1,
    );
    expect(buffer.full).toBe(true);
    expect(buffer.offer([due(2)], 1)).toHaveLength(2_001);
    buffer.offer([due(9_000)], 2_002);
    buffer.clear();
    expect(buffer.waiting).toBe(false);
  });
});

describe('applying', () => {
  const holding = (...orders: Order[]) => ({
    orders: new Map(orders.map((order) => [order.id, order])),
    unmatched: new Map(),
  });
  const dues = (...events: ReturnType<typeof eventOf>[]): Due[] =>
    events.map((event) => ({ seq: event.seq, arrival: check(event), emittedAt: 1, arrivedAt: 2 }));

  test('several events of one order give one order', () => {
    const applied = applyEvents(
      holding(),
      dues(eventOf(1, created('a')), eventOf(2, detected('a', 'p')), eventOf(3, noted('a', 'x'))),
    );
    expect([...applied.orders.keys()]).toEqual(['a']);
    expect(applied.orders.get('a')).toMatchObject({ updatedSeq: 3, status: 'detected', notes: [{ text: 'x' }] });
    expect(applied.events).toHaveLength(3);
  });

  test('[DL7] data that does not fit is set aside with its order, the rest apply', () => {
    const bad = eventOf(2, { order: 'a', kind: 'payment.detected', data: { payment: 1 } });
    const applied = applyEvents(holding(orderOf('a')), dues(bad, eventOf(3, noted('a', 'x'))));
    const told = { id: bad.id, order: 'a', kind: 'payment.detected', receivedAt: 2 };
    expect(applied.quarantine).toEqual([{ seq: 2, ...told, reason: 'data payment' }]);
    expect([...applied.incomplete]).toEqual(['a']);
    expect(applied.orders.get('a')?.notes).toHaveLength(1);
  });

  test('an event of an order whose beginning is not here asks for it to be fetched', () => {
    const applied = applyEvents(holding(), dues(eventOf(9, noted('old', 'late money'))));
    expect([...applied.incomplete]).toEqual(['old']);
    expect(applied.quarantine).toEqual([]);
  });

  test('[FR1] a source’s state is taken over, a broken one set aside', () => {
    const state = { id: 'cdc', kind: 'crypto-com-pay', state: 'late', lastHeardAt: 5, lagMs: null };
    const good = eventOf(1, { order: null, kind: 'source.state', data: state });
    const bad = eventOf(2, { order: null, kind: 'source.state', data: { id: 'cdc' } });
    const applied = applyEvents(holding(), dues(good, bad));
    expect(applied.sources.get('cdc')).toEqual(state);
    expect(applied.quarantine).toMatchObject([{ seq: 2, order: null }]);
  });

  test('[FR3] what a person wants to notice becomes a moment, confirmations do not', () => {
    const block = { number: 1, hash: '0x1' };
    const data = { paymentId: 'p', confirmations: 1, required: 3, block };
    const arrived = [eventOf(1, created('a')), eventOf(2, { order: 'a', kind: 'payment.confirmations', data })].map(
      (event) => ({ event, emittedAt: 1, arrivedAt: 2 }),
    );
    const order = orderOf('a');
    expect(momentsOf(arrived, () => order, true)).toEqual([
      {
        store: 'main',
        seq: 1,
        order: 'a',
        reference: 'R-a',
        kind: 'order.created',
        at: arrived[0]!.event.at.received,
        missed: true,
      },
    ]);
    expect(momentsOf(arrived, () => undefined, true)).toEqual([]);
  });
});
