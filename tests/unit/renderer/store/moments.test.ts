import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../../contract/ipc.ts';
import { nothingHeard, reactTo, soundOf } from '../../../../renderer/store/moments.ts';

const moment = (seq: number, kind: string, changes: Partial<Moment> = {}): Moment => ({
  ...{ store: 'main', seq, order: `o${seq}`, reference: `A-${seq}`, kind, at: 1, missed: false },
  ...changes,
});

describe('moments', () => {
  it('sounds for new money and for money taken back, and for nothing else', () => {
    expect(soundOf('payment.detected')).toBe('money');
    expect(soundOf('payment.reorged')).toBe('alarm');
    expect(soundOf('order.created')).toBeNull();
    expect(soundOf('a.kind.of.tomorrow')).toBeNull();
  });

  it('makes one sound of a batch, an alarm before money, and flashes each order of it', () => {
    const { sound, flashes } = reactTo(nothingHeard, [
      moment(1, 'payment.detected'),
      moment(2, 'payment.dropped'),
      moment(3, 'order.created'),
    ]);
    expect(sound).toBe('alarm');
    expect(flashes.map(({ key }) => key)).toEqual(['main/o1', 'main/o2']);
  });

  it('hears each store by its own numbers, and nothing twice', () => {
    const first = reactTo(nothingHeard, [moment(9, 'payment.detected'), moment(9, 'payment.detected')]);
    expect(first.flashes).toHaveLength(1);
    const again = reactTo(first.heard, [moment(9, 'payment.detected'), moment(2, 'payment.detected', { store: 'b' })]);
    expect(again.flashes.map(({ key }) => key)).toEqual(['b/o2']);
  });

  it('keeps what was missed for the digest and flashes none of it [FR3]', () => {
    const missed = [moment(1, 'payment.detected', { missed: true }), moment(2, 'order.expired', { missed: true })];
    const reaction = reactTo(nothingHeard, missed);
    expect(reaction).toMatchObject({ flashes: [], missed, sound: null, missedSound: 'money' });
  });
});
