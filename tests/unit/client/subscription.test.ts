import { expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { Subscription } from '../../../client/subscription.ts';

const event = (seq: number): Event => ({
  ...{ seq, id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`, epoch: 'e', store: 'main', order: null },
  ...{ kind: 'x', source: 'cdc', at: { occurred: null, sent: null, received: 1 }, data: {} },
});

function received(after: number, ...events: unknown[]) {
  const subscription = new Subscription('main', { epoch: 'e', seq: after });
  const result = subscription.receive({ epoch: 'e', events });
  return { ...result, seqs: result.events.map(({ seq }) => seq), at: subscription.position.seq };
}

test('[DL2] each event once, in order', () => {
  expect(received(2, event(1), event(2), event(3), event(3), event(4))).toMatchObject({
    seqs: [3, 4],
    gap: false,
    at: 4,
  });
});

test('[DL2] nothing behind a hole', () => {
  expect(received(2, event(3), event(5), event(6))).toMatchObject({ seqs: [3], gap: true, at: 3 });
});

test('[DL7] an event that cannot be read is named and counts as seen; what is no event at all is passed over', () => {
  const bad = { ...event(4), kind: 7 };
  expect(received(2, event(3), bad, null, 'x', { seq: -1 }, { seq: 1.5 }, event(5))).toMatchObject({
    ...{ seqs: [3, 5], unreadable: [4], gap: false, at: 5 },
  });
});

test('[DL1] nothing of another epoch', () => {
  const subscription = new Subscription('main', { epoch: 'other', seq: 0 });
  expect(subscription.receive({ epoch: 'e', events: [event(1)] }).events).toEqual([]);
  expect(subscription.position.seq).toBe(0);
});

test('the position has the id of its event, by which the gateway knows the log again', () => {
  const subscription = new Subscription('main', { epoch: 'e', seq: 0 });
  subscription.receive({ epoch: 'e', events: [event(1)] });
  expect(subscription.position).toEqual({ epoch: 'e', seq: 1, id: event(1).id });
});
