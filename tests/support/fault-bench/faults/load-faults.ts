import { randomUUID } from 'node:crypto';
import type { EventDraft, Report } from '../../../../gateway/ledger.ts';
import { nothing } from '../fault.ts';
import type { Fault } from '../fault.ts';
import { STORE } from '../webhooks.ts';
import type { Stage } from '../stage.ts';

const EVENTS_AT_ONCE = 100;
const ACTOR = { deskId: 'desk-storm', name: 'Storm' };

/** Somebody claims an order and lets it go again, over and over: events that leave the order as small as it was. */
function claims(order: string, n: number): Report {
  const kind = n % 2 === 0 ? 'case.claimed' : 'case.unclaimed';
  const draft = { kind, order, source: 'desk', occurred: null, sent: null, data: {}, actor: ACTOR } as const;
  return { order, decide: (held): readonly EventDraft[] => (held ? [draft] : []) };
}

/** As fast as the gateway takes them, which is about 20,000 a second on an idle machine. */
async function storm(stage: Stage, events: number): Promise<void> {
  const ledger = stage.gateway.gateway?.storage.ledger;
  const orders = [...stage.model.bodies.keys()];
  if (!ledger || orders.length === 0) return;
  const batches = Array.from({ length: Math.ceil(events / EVENTS_AT_ONCE) }, (_, batch) =>
    Array.from({ length: EVENTS_AT_ONCE }, (_, n) =>
      claims(orders[(batch + n) % orders.length] ?? randomUUID(), batch + n),
    ),
  );
  await Promise.all(batches.map((reports) => ledger.append(STORE, reports)));
}

/** More than anybody expects. */
export const loadFaults: readonly Fault[] = [
  {
    number: 24,
    title: 'storm of 20k/s',
    needs: ['gateway'],
    draw: (random) => {
      const events = EVENTS_AT_ONCE * random.between(10, 25);
      return {
        detail: `${events} events in one go`,
        begin: async (stage) => {
          await storm(stage, events);
          return nothing;
        },
      };
    },
  },
];
