/**
 * One desk's way through one store's log. It sends strictly from where it is, whether the events come from the log or
 * are new, so that replay and live join without hole or overlap [DL5], and no faster than the desk confirms [DL6].
 */
import { confirmationSchema, limits } from '../../../contract/protocol.ts';
import type { StoredEvent } from '../../store/stored-event.ts';
import type { EventFeed } from '../event-feed.ts';
import { EventsFrame } from './events-frame.ts';
import { FlowWindow } from './flow-window.ts';
import type { FlowLimits } from './flow-window.ts';

export interface SubscriptionOptions {
  readonly store: string;
  readonly epoch: string;
  readonly after: number;
  readonly feed: EventFeed;
  readonly flow: FlowLimits;
  /** The gateway's time, epoch milliseconds. */
  readonly now: () => number;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** Sends a message; `confirm` is called with whatever the desk answers. */
  readonly send: (frame: EventsFrame, confirm: (answer: unknown) => void) => void;
  /** The desk has confirmed nothing for too long. */
  readonly onStalled: () => void;
  readonly onFailed: (error: unknown) => void;
}

/** Beside the events themselves: names, brackets, the times. */
const ENVELOPE_BYTES = 256;

export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #window: FlowWindow;
  readonly #end: () => void;
  #at: number;
  #pumping = false;
  #again = false;
  #closed = false;
  #stall: NodeJS.Timeout | undefined;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.#at = options.after;
    this.#window = new FlowWindow(options.flow);
    this.#end = options.feed.onCommitted(options.store, () => this.pump());
  }

  /** Sends what there is room for. */
  pump(): void {
    this.#again = true;
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    this.#run().catch((error: unknown) => this.#options.onFailed(error));
  }

  close(): void {
    this.#closed = true;
    this.#end();
    clearTimeout(this.#stall);
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        while (this.#window.unconfirmed === 0 || this.#window.room() > ENVELOPE_BYTES) {
          const events = await this.#options.feed.after(this.#options.store, this.#at);
          // What was read may be of a log begun anew meanwhile: the desk is told by a notice, and subscribes to that.
          if (this.#options.feed.epoch(this.#options.store) !== this.#options.epoch) this.close();
          if (this.#closed || !this.#send(events)) break;
        }
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** @returns false when nothing was sent, because there is nothing more or no room for the next event */
  #send(events: readonly StoredEvent[]): boolean {
    const { store, epoch, now, elapsed, send } = this.#options;
    const room = Math.min(this.#window.room(), limits.messageBytes) - ENVELOPE_BYTES;
    const batch: StoredEvent[] = [];
    let bytes = 0;
    for (const event of events) {
      const first = batch.length === 0 && this.#window.unconfirmed === 0;
      if (!first && bytes + event.bytes > room) break;
      batch.push(event);
      bytes += event.bytes + 1;
    }
    const last = batch.at(-1);
    if (!last) return false;
    this.#at = last.seq;
    this.#window.sent(last.seq, bytes + ENVELOPE_BYTES, elapsed());
    this.#watchForStall();
    send(new EventsFrame({ store, epoch, emittedAt: now(), events: batch }), (answer) => this.#confirmed(answer));
    return true;
  }

  #confirmed(answer: unknown): void {
    const confirmation = confirmationSchema.safeParse(answer);
    if (this.#closed || !confirmation.success) return;
    this.#window.confirmed(Math.min(confirmation.data.seq, this.#at), this.#options.elapsed());
    this.pump();
  }

  #watchForStall(): void {
    if (this.#stall) return;
    const inMs = this.#window.stallsIn(this.#options.elapsed());
    if (inMs === null) return;
    this.#stall = setTimeout(
      () => {
        this.#stall = undefined;
        const left = this.#window.stallsIn(this.#options.elapsed());
        if (left !== null && left <= 0) this.#options.onStalled();
        else this.#watchForStall();
      },
      Math.max(1, inMs),
    );
    this.#stall.unref();
  }
}
