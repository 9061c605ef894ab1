import { expect, it } from 'vitest';
import { fold } from '../../../contract/fold.ts';
import type { Event } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';

const maria = { deskId: 'd1', name: 'Maria' };
const counter = { deskId: 'd2', name: 'Counter' };
const order: Order = {
  ...{ id: 'o', store: 'main', source: 's', sourceRef: 'r', reference: 'A-1', live: true, status: 'awaiting' },
  ...{ price: { currency: 'USD', amount: '5' }, pay: [], createdAt: 1, expiresAt: 2, graceUntil: 3, verdict: 'wait' },
  ...{ payments: [], received: [], refunds: [], flags: [], diagnosis: [], notes: [], updatedAt: 1, updatedSeq: 1 },
};

/** After each event in turn: who is on the case, and to whom it was left. */
function held(...events: readonly (readonly [kind: string, data: Event['data'], actor?: typeof maria])[]) {
  let after: Order | undefined = order;
  return events.map(([kind, data, actor], n) => {
    const at = { occurred: null, sent: null, received: (n + 2) * 10 };
    const id = `00000000-0000-4000-8000-00000000000${n}`;
    const event = { seq: n + 2, id, epoch: 'e', store: 'main', order: 'o', kind, source: 'desk', at, data };
    after = fold(after, { ...event, ...(actor && { actor }) });
    return [after?.claimedBy?.name, after?.handedTo];
  });
}

it('a case that is left to somebody is theirs to take, and nobody’s until then', () => {
  expect(
    held(
      ['case.claimed', {}, counter],
      ['case.unclaimed', { to: 'Maria' }, counter],
      ['case.unclaimed', { to: 'Jo' }],
      ['case.claimed', {}, maria],
      ['case.unclaimed', {}, maria],
    ),
  ).toEqual([
    ['Counter', undefined],
    [undefined, { name: 'Maria', at: 30, by: counter }],
    [undefined, { name: 'Jo', at: 40 }],
    ['Maria', undefined],
    [undefined, undefined],
  ]);
});
