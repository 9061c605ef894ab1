import { eventEnvelopeSchema } from '../contract/events.ts';
import type { Event } from '../contract/events.ts';
import type { EventsMessage, Position } from '../contract/protocol.ts';

/** What became of one message of events. */
export interface Received {
  /** Events that are new, in order. */
  readonly events: readonly Event[];
  /** Sequence numbers of events that could not be read; they count as seen. */
  readonly unreadable: readonly number[];
  /** True when events before these are missing: the store has to be subscribed again after the position. */
  readonly gap: boolean;
}

/** How far one store's log was seen: each event once, none left out. */
export class Subscription {
  readonly store: string;
  #position: Position;

  constructor(store: string, position: Position) {
    this.store = store;
    this.#position = position;
  }

  get position(): Position {
    return this.#position;
  }

  receive({ epoch, events }: Pick<EventsMessage, 'epoch' | 'events'>): Received {
    const fresh: Event[] = [];
    const unreadable: number[] = [];
    if (epoch !== this.#position.epoch) return { events: fresh, unreadable, gap: false };
    for (const raw of events) {
      const seq = seqOf(raw);
      if (seq === null || seq <= this.#position.seq) continue;
      if (seq > this.#position.seq + 1) return { events: fresh, unreadable, gap: true };
      const event = eventEnvelopeSchema.safeParse(raw);
      if (event.success) fresh.push(event.data);
      else unreadable.push(seq);
      this.#position = { epoch, seq, ...(event.success && { id: event.data.id }) };
    }
    return { events: fresh, unreadable, gap: false };
  }
}

function seqOf(raw: unknown): number | null {
  const seq: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'seq') : null;
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0 ? seq : null;
}
