import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../../contract/ipc.ts';
import type { Order } from '../../../../contract/order.ts';
import { nothingHeard, reactTo, soundOf } from '../../../../renderer/store/moments.ts';
import { sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const moment = (seq: number, kind: string, changes: Partial<Moment> = {}): Moment => ({
  ...{ store: 'main', seq, order: `o${seq}`, reference: `A-${seq}`, kind, at: 1, missed: false },
  ...changes,
});
const order = (changes: Partial<Order> = {}) => sampleOrder(1, 1, changes);
const unknown = () => undefined;

describe('moments', () => {
  it.each([
    ['payment.detected', {}, 'money'],
    ['payment.reorged', {}, 'trouble'],
    ['payment.dropped', {}, 'trouble'],
    ['payment.settled', { status: 'paid' }, 'paid'],
    ['payment.settled', { status: 'awaiting', flags: ['underpaid'] }, null],
    ['verdict.changed', { verdict: 'hold' }, 'trouble'],
    ['verdict.changed', { verdict: 'release' }, null],
    ['order.created', {}, null],
    ['a.kind.of.tomorrow', {}, null],
  ] as const)('%s of an order that is %j sounds %s', (kind, changes, sound) => {
    expect(soundOf({ kind }, order(changes as Partial<Order>))).toBe(sound);
  });

  it('makes one sound of a batch, trouble before money, and flashes each order of it', () => {
    const { sound, flashes } = reactTo(
      nothingHeard,
      [moment(1, 'payment.detected'), moment(2, 'payment.dropped'), moment(3, 'order.created')],
      unknown,
    );
    expect(sound).toBe('trouble');
    expect(flashes.map(({ key }) => key)).toEqual(['main/o1', 'main/o2']);
  });

  it('hears each store by its own numbers, and nothing twice', () => {
    const first = reactTo(nothingHeard, [moment(9, 'payment.detected'), moment(9, 'payment.detected')], unknown);
    expect(first.flashes).toHaveLength(1);
    const more = [moment(9, 'payment.detected'), moment(2, 'payment.detected', { store: 'b' })];
    expect(reactTo(first.heard, more, unknown).flashes.map(({ key }) => key)).toEqual(['b/o2']);
  });

  it('keeps what was missed for the digest and flashes none of it [FR3]', () => {
    const missed = [moment(1, 'payment.detected', { missed: true }), moment(2, 'order.expired', { missed: true })];
    const reaction = reactTo(nothingHeard, missed, unknown);
    expect(reaction).toMatchObject({ flashes: [], missed, sound: null, missedSound: 'money' });
  });
});
