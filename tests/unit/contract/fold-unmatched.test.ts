import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { foldUnmatched, unmatchedEvent, unmatchedId } from '../../../contract/fold-unmatched.ts';
import { unmatchedPaymentSchema } from '../../../contract/unmatched.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { log } from './arbitrary-events.ts';

function foldAll(events: readonly Event[], held: ReadonlyMap<string, UnmatchedPayment> = new Map()) {
  const after = new Map(held);
  for (const event of events) {
    const about = unmatchedEvent(event);
    if (!about) continue;
    const payment = foldUnmatched(after.get(unmatchedId(about)), about);
    if (payment) after.set(unmatchedId(about), payment);
  }
  return after;
}

const payment = { id: 'p', chain: 'c', asset: 'native', symbol: 'X', decimals: 0, amount: '5', txHash: '0x1' };
const fact = { payment: { ...payment, required: 2, witness: 'node' }, seenAt: 50, confirmations: 0, candidates: [] };
let seq = 0;
function about(kind: string, data: object, more: Partial<Event> = {}): Event {
  seq += 1;
  const at = { occurred: null, sent: null, received: 100 + seq };
  return {
    ...{ seq, id: crypto.randomUUID(), epoch: 'e', store: 'main', order: null, kind, source: 'c', at },
    data: { ...data },
    ...more,
  };
}
const actor = { deskId: 'd', name: 'Back office' };

describe('unmatched money', () => {
  test('is open from its sight until somebody decides, and says who did', () => {
    const events = [
      about('payment.unmatched', fact),
      about('payment.attached', { paymentId: 'p', order: 'o' }, { actor }),
    ];
    expect(foldAll(events.slice(0, 1)).get('p')).toMatchObject({ id: 'p', store: 'main', state: 'open', seenAt: 50 });
    expect(foldAll(events).get('p')).toMatchObject({
      state: 'attached',
      order: 'o',
      by: actor,
      updatedSeq: events[1]?.seq,
    });
  });

  test('that is seen again is open again, and keeps its first sight', () => {
    const events = [
      about('payment.unmatched', fact),
      about('payment.dismissed', { paymentId: 'p', reason: 'dust' }, { actor }),
      about('payment.unmatched', { ...fact, seenAt: 90, confirmations: 1, block: { number: 1, hash: '0xb' } }),
    ];
    expect(foldAll(events.slice(0, 2)).get('p')).toMatchObject({ state: 'dismissed', reason: 'dust', by: actor });
    const again = foldAll(events).get('p');
    expect(again).toMatchObject({ state: 'open', seenAt: 50, confirmations: 1 });
    expect(again).not.toHaveProperty('reason');
    expect(again).not.toHaveProperty('by');
  });

  test('that vanishes says how', () => {
    const events = [
      about('payment.unmatched', fact),
      about('payment.vanished', { paymentId: 'p', reason: 'forgotten' }),
    ];
    expect(foldAll(events).get('p')).toMatchObject({ state: 'vanished', reason: 'forgotten' });
  });

  test('the end of what was never seen is nothing', () => {
    expect(foldAll([about('payment.attached', { paymentId: 'p', order: 'o' })]).size).toBe(0);
  });
});

describe('folding, on any log', () => {
  test('[DL10] a snapshot and the events after it give what all events give', () => {
    fc.assert(
      fc.property(log, fc.nat(41), fc.nat(10), (events, at, overlap) => {
        const snapshot = foldAll(events.slice(0, at));
        expect(foldAll(events.slice(Math.max(0, at - overlap)), snapshot)).toEqual(foldAll(events));
      }),
    );
  });

  test('what comes out is an unmatched payment', () => {
    fc.assert(
      fc.property(log, (events) => {
        for (const held of foldAll(events).values()) expect(unmatchedPaymentSchema.parse(held)).toEqual(held);
      }),
    );
  });
});
