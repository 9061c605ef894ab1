import { claims } from '../claims.ts';
import { nothing } from '../fault.ts';
import type { Fault } from '../fault.ts';
import { STORE } from '../webhooks.ts';
import type { Stage } from '../stage.ts';

const EVENTS_AT_ONCE = 100;
/** As fast as the gateway takes them, which is about 20,000 a second on an idle machine. */
async function storm(stage: Stage, events: number): Promise<void> {
  const ledger = stage.gateway.gateway?.storage.ledger;
  const orders = [...stage.model.bodies.keys()];
  if (!ledger) return;
  const batches = Math.ceil(events / EVENTS_AT_ONCE);
  const reports = claims(orders, EVENTS_AT_ONCE);
  await Promise.all(Array.from({ length: batches }, () => ledger.append(STORE, reports)));
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
