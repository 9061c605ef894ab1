import type { Event } from '../../contract/events.ts';

/** A committed event as the log has it: its text is what goes out, and is read only where somebody looks into it. */
export class StoredEvent {
  readonly seq: number;
  readonly json: string;
  /** Of the text in UTF-8. */
  readonly bytes: number;
  #event: Event | undefined;

  /** @param event what the text says, where that is at hand */
  constructor(seq: number, json: string, event?: Event) {
    this.seq = seq;
    this.json = json;
    this.bytes = Buffer.byteLength(json);
    this.#event = event;
  }

  get event(): Event {
    return (this.#event ??= JSON.parse(this.json) as Event);
  }
}
