import { canonicalJson } from '../../../gateway/canonical-json.ts';
import { openJournal } from '../../../main/desk/journal/open-journal.ts';
import { dirname } from 'node:path';
import type { Model } from './model.ts';
import { STORE } from './webhooks.ts';

/** What the journal of a closed desk says, against the model. @returns what is wrong with it */
export function checkJournal(file: string, model: Model): string[] {
  const { database, pictures, state } = openJournal(dirname(file), 'bench');
  try {
    if (state.state !== 'ok') return [`[DL9] the journal is ${state.state} at the end`];
    const picture = pictures.find(({ record }) => record.store.id === STORE);
    const { position } = picture?.record ?? { position: null };
    const wrong: string[] = [];
    if (position?.epoch !== model.epoch || position?.seq !== model.seq) {
      wrong.push(
        `[DL3] the journal ends at ${position?.seq} of ${position?.epoch}, the log at ${model.seq} of ${model.epoch}`,
      );
    }
    const orders = new Map((picture?.orders ?? []).map((order) => [order.id, canonicalJson(order)]));
    for (const [id, body] of model.bodies)
      if (orders.get(id) !== body) wrong.push(`[DL10] the journal has ${id} otherwise`);
    for (const id of orders.keys()) if (!model.bodies.has(id)) wrong.push(`[DL10] the journal has ${id}, the log not`);
    for (const event of [...model.bodies.keys()].flatMap((order) => database.events.ofOrder(STORE, order))) {
      const known = model.eventId(event.epoch, event.seq);
      if (known !== event.id)
        wrong.push(`[DL4] the journal keeps event ${event.seq} of ${event.epoch} that the log has not`);
    }
    return wrong.slice(0, 10);
  } finally {
    database.close();
  }
}
