import type { EventsMessage } from '../../../contract/protocol.ts';
import type { StoredEvent } from '../../store/stored-event.ts';

/** An `events` message before it is written: what the log has in writing already is not written once more. */
export class EventsFrame {
  readonly store: string;
  readonly epoch: string;
  /** The gateway's time, epoch milliseconds. */
  readonly emittedAt: number;
  readonly events: readonly StoredEvent[];

  constructor(of: Pick<EventsFrame, 'store' | 'epoch' | 'emittedAt' | 'events'>) {
    this.store = of.store;
    this.epoch = of.epoch;
    this.emittedAt = of.emittedAt;
    this.events = of.events;
  }

  /** As JSON. */
  text(): string {
    const { store, epoch, emittedAt, events } = this;
    const head = JSON.stringify({ store, epoch, emittedAt });
    return `${head.slice(0, -1)},"events":[${events.map(({ json }) => json).join(',')}]}`;
  }

  toJSON(): EventsMessage {
    const { store, epoch, emittedAt, events } = this;
    return { store, epoch, emittedAt, events: events.map(({ event }) => event) };
  }
}
